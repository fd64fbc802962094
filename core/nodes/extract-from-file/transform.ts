import { toBase64 } from '../../data/base64.ts';
import { decodeText } from '../../data/encoding.ts';
import type { Json, JsonObject } from '../../data/item.ts';
import { parsePath, setPath } from '../../data/path.ts';
import { NodeError } from '../../node/kit.ts';
import type { FileBytes, Transform, TransformItem } from '../../node/transform.ts';

type Extract = (
  bytes: Uint8Array<ArrayBuffer>,
  options: JsonObject,
  breathe: () => Promise<void>,
) => TransformItem[] | Promise<TransformItem[]>;

/** Readers of formats are loaded at their first use: one of them is a megabyte. */
const TABLES: ReadonlyMap<string, () => Promise<Extract>> = new Map([
  ['csv', async () => (await import('./transform/csv.ts')).extractCsv],
  ['html', async () => (await import('./transform/html.ts')).extractHtml],
  ['pdf', async () => (await import('./transform/pdf.ts')).extractPdf],
  ['rtf', async () => (await import('./transform/rtf.ts')).extractRtf],
  ...['ods', 'xls', 'xlsx'].map((format): [string, () => Promise<Extract>] => [
    format,
    async () => (await import('./transform/sheet.ts')).extractSheet,
  ]),
]);

type Read = (file: FileBytes, options: JsonObject) => Json | Promise<Json>;

const text: Read = ({ bytes }, options) =>
  decodeText(bytes, String(options['encoding'] ?? 'utf8'), options['stripBOM'] === false);

/** Readers that give one value, put under the destination field. */
const VALUES: ReadonlyMap<string, Read> = new Map<string, Read>([
  ['text', text],
  ['xml', text],
  ['binaryToPropery', ({ bytes }) => toBase64(bytes)],
  [
    'fromJson',
    async (file, options) => {
      const source = String(await text(file, options));
      try {
        return source.trim() === '' ? {} : (JSON.parse(source) as Json);
      } catch (error) {
        throw new NodeError('bad-json', `The file is not valid JSON: ${(error as Error).message}`);
      }
    },
  ],
  [
    'fromIcs',
    async (file, options) => (await import('./transform/ics.ts')).calendarOf(String(await text(file, options))),
  ],
]);

export const transform: Transform = {
  async run({ parameters, files }, { breathe }) {
    const operation = String(parameters['operation']);
    const options = (parameters['options'] ?? {}) as JsonObject;
    const file = files['file'] as FileBytes;
    try {
      if (SLOW.has(operation) && file.bytes.length > MAX_SLOW_BYTES) throw tooSlow(operation);
      const table = TABLES.get(operation === 'autodetect' ? formatOf(file) : operation);
      if (table) return await (await table())(file.bytes, options, breathe);
      const read = VALUES.get(operation);
      if (!read) throw new NodeError('unknown-mode', `Files cannot be read as "${operation}".`);
      const json: JsonObject = {};
      setPath(json, parsePath(String(parameters['destination'])), await read(file, options));
      return [{ json }];
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new NodeError('unknown-encoding', `There is no encoding "${String(options['encoding'])}".`);
    }
  },
};

/** Readers that work through a text in one go: what is larger would hold everybody up. */
const SLOW = new Set(['html', 'rtf', 'fromIcs']);
const MAX_SLOW_BYTES = 10 * 1024 * 1024;

const tooSlow = (operation: string): NodeError =>
  new NodeError('file-too-large', `A file to read as "${operation}" may have ${MAX_SLOW_BYTES / 1024 / 1024} MiB.`);

/** By the bytes, then by the name. */
function formatOf({ bytes, fileName = '', mimeType }: FileBytes): string {
  if (bytes[0] === 0xd0 || (bytes[0] === 0x50 && bytes[1] === 0x4b)) return 'xlsx';
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 1024)).trimStart().toLowerCase();
  if (start.startsWith('{\\rtf')) return 'rtf';
  const isHtml = /\.html?$/i.test(fileName) || mimeType === 'text/html' || start.startsWith('<');
  return isHtml ? 'html' : 'csv';
}
