import { getDocumentProxy } from 'unpdf';
import type { Json, JsonObject } from '../../../data/item.ts';
import { NodeError } from '../../../node/kit.ts';
import type { TransformItem } from '../../../node/transform.ts';
import { requireModestStreams } from './pdf-streams.ts';

/** What text an attacker's document may unfold to. */
const MAX_TEXT_CHARS = 20_000_000;
const MAX_PAGES = 10_000;

/** Text and document data of a PDF. */
export async function extractPdf(
  bytes: Uint8Array<ArrayBuffer>,
  options: JsonObject,
  breathe: () => Promise<void>,
): Promise<TransformItem[]> {
  await requireModestStreams(bytes, breathe);
  const pdf = await open(bytes, String(options['password'] ?? ''));
  try {
    const wanted = Number(options['maxPages'] ?? 0);
    const pages = Math.min(pdf.numPages, wanted > 0 ? wanted : MAX_PAGES);
    const texts: string[] = [];
    let chars = 0;
    for (let number = 1; number <= pages; number++) {
      const page = await pdf.getPage(number);
      const { items } = await page.getTextContent();
      const text = linesOf(items as TextPart[]);
      chars += text.length;
      if (chars > MAX_TEXT_CHARS) {
        throw new NodeError('text-too-large', `The text has more than ${MAX_TEXT_CHARS} characters.`);
      }
      texts.push(text);
      page.cleanup();
      await breathe();
    }
    const { info, metadata } = await pdf.getMetadata();
    const json: JsonObject = {
      numpages: pdf.numPages,
      numrender: pages,
      info: jsonOf(info),
      ...(metadata ? { metadata: jsonOf(metadataOf(metadata)) } : {}),
      text: options['joinPages'] === false ? texts : texts.join('\n\n'),
      version: '1',
    };
    return [{ json }];
  } catch (error) {
    if (error instanceof NodeError) throw error;
    throw new NodeError('bad-pdf', `The PDF cannot be read: ${(error as Error).message}`);
  } finally {
    await pdf.destroy();
  }
}

type Document = Awaited<ReturnType<typeof getDocumentProxy>>;

async function open(bytes: Uint8Array<ArrayBuffer>, password: string): Promise<Document> {
  try {
    // The reader takes the bytes for itself: it gets a copy.
    return await getDocumentProxy(bytes.slice(), { ...(password === '' ? {} : { password }), verbosity: 0 });
  } catch (error) {
    if ((error as Error).name === 'PasswordException') {
      throw new NodeError('encrypted-pdf', 'The PDF needs a password, or another one.', {
        description: 'Set the option "Password".',
      });
    }
    throw new NodeError('bad-pdf', `This file is no readable PDF: ${(error as Error).message}`);
  }
}

interface TextPart {
  str?: string;
  hasEOL?: boolean;
  transform?: number[];
}

/** Parts on another height are on another line. */
function linesOf(parts: readonly TextPart[]): string {
  let text = '';
  let lastY: number | undefined;
  for (const { str, transform } of parts) {
    if (str === undefined) continue;
    const y = transform?.[5];
    if (lastY !== undefined && y !== undefined && Math.abs(y - lastY) > 0.5) text += '\n';
    text += str;
    lastY = y ?? lastY;
  }
  return text;
}

function metadataOf(metadata: unknown): unknown {
  const all = (metadata as { getAll?: () => unknown }).getAll?.() ?? metadata;
  return Symbol.iterator in Object(all) ? Object.fromEntries(all as Iterable<[string, unknown]>) : all;
}

/** Only what is JSON: the reader's objects hold functions and maps. */
const jsonOf = (value: unknown): Json => JSON.parse(JSON.stringify(value ?? {})) as Json;
