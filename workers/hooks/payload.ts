import type { JsonObject } from '../../core/data/item.ts';
import type { HookCall } from '../../durable-objects/runner/protocol.ts';
import { MAX_JSON_BYTES, readBytes } from '../kit/body.ts';
import { common } from '../kit/problem.ts';
import { filePart, type FilePlace, storeBytes } from './files.ts';

export type Payload = Pick<HookCall['request'], 'fields' | 'files'> & { text?: string };

/** Files and forms with files. Held in memory while they are taken apart, hence far below an isolate's 128 MB. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;
const MAX_PARTS = 1_000;

const TEXT_TYPE =
  /^(?:text\/|application\/(?:[\w.-]+\+)?(?:json|xml)\b|application\/(?:x-www-form-urlencoded|javascript|x-ndjson|graphql)\b)/i;

const isText = (type: string): boolean => type.startsWith('application/json') || TEXT_TYPE.test(type);

/** What a node wants of bodies beyond the usual. */
interface PayloadWishes {
  /** Also keep the body as a file, byte for byte. */
  rawBody?: boolean;
  /** Name of received files; those of a form are numbered from 0. */
  binaryProperty?: string | undefined;
}

/** What the runner gets of a body: text undecoded, forms taken apart, anything else as the file `data`. */
export async function payloadOf(
  request: Request,
  type: string,
  where: FilePlace,
  { rawBody = false, binaryProperty = '' }: PayloadWishes = {},
): Promise<Payload> {
  if (request.body === null) return {};
  if (rawBody) return rawOf(request, { type, where, name: binaryProperty || 'data' });
  if (isText(type)) return { text: await textOf(request, type) };
  if (/^multipart\/form-data\b/i.test(type)) {
    return formOf(await readBytes(request, MAX_FILE_BYTES), { type, where, prefix: binaryProperty });
  }
  const bytes = await readBytes(request, MAX_FILE_BYTES);
  if (bytes.byteLength === 0) return {};
  const text = type === '' && bytes.byteLength <= MAX_JSON_BYTES ? utf8(bytes) : undefined;
  if (text !== undefined) return { text };
  return { files: { [binaryProperty || 'data']: await storeBytes(bytes, { mimeType: mimeOf(type) }, where) } };
}

const mimeOf = (type: string): string => type.split(';')[0]?.trim() || 'application/octet-stream';

/** The file and, where it can be read, what it says. */
async function rawOf(
  request: Request,
  { type, where, name }: { type: string; where: FilePlace; name: string },
): Promise<Payload> {
  const bytes = await readBytes(request, isText(type) ? MAX_JSON_BYTES : MAX_FILE_BYTES);
  if (bytes.byteLength === 0) return {};
  const file = await storeBytes(bytes, { mimeType: mimeOf(type) }, where);
  const raw = { files: Object.fromEntries([[name, file]]) };
  if (isText(type) || type === '') {
    const text = utf8(bytes);
    return text === undefined ? raw : { ...raw, text };
  }
  if (!/^multipart\/form-data\b/i.test(type)) return raw;
  const { fields, files } = await formOf(bytes, { type, where, prefix: '' });
  return { ...(fields ? { fields } : {}), files: { ...files, ...raw.files } };
}

/** With a declared length the platform holds the sender to it; without one we count. */
async function textOf(request: Request, type: string): Promise<string> {
  const declared = request.headers.get('content-length');
  if (declared !== null && Number(declared) <= MAX_JSON_BYTES && !type.startsWith('application/x-www')) {
    return request.text();
  }
  // Forms too: workerd warns, on the log of every one, when text() meets their type.
  return new TextDecoder().decode(await readBytes(request, MAX_JSON_BYTES));
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return undefined;
  }
}

async function formOf(
  bytes: Uint8Array,
  { type, where, prefix }: { type: string; where: FilePlace; prefix: string },
): Promise<Payload> {
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData().catch(() => {
    throw common('input-invalid', { detail: 'The multipart body cannot be read.', hint: 'Check its boundary.' });
  });
  const parts = [...form.entries()];
  if (parts.length > MAX_PARTS) throw common('input-invalid', { detail: `A form may have ${MAX_PARTS} parts.` });
  const fields = new Map<string, string | string[]>();
  const files = new Map<string, JsonObject>();
  for (const [name, value] of parts) {
    if (typeof value !== 'string') {
      const free = prefix === '' ? freeName(name, files) : `${prefix}${files.size}`;
      files.set(free, await filePart(value, where));
      continue;
    }
    const before = fields.get(name);
    fields.set(name, before === undefined ? value : [...[before].flat(), value]);
  }
  return { fields: Object.fromEntries(fields), ...(files.size > 0 ? { files: Object.fromEntries(files) } : {}) };
}

/** Several files of one name become `photo`, `photo_1`, `photo_2`. */
function freeName(name: string, taken: ReadonlyMap<string, unknown>): string {
  let free = name || 'data';
  for (let index = 1; taken.has(free); index++) free = `${name || 'data'}_${index}`;
  return free;
}
