import { fromBase64 } from '../../data/base64.ts';
import { encodeText } from '../../data/encoding.ts';
import type { Json, JsonObject } from '../../data/item.ts';
import { extensionOf, mediaTypeOf } from '../../data/media-types.ts';
import { MAX_FILE_BYTES } from '../../node/file-limits.ts';
import { NodeError } from '../../node/kit.ts';
import type { FileBytes, Transform, TransformContext } from '../../node/transform.ts';
import { sniffedType } from './transform/sniff.ts';

/** One file to make. `source` is the value of the item, or all items for tables. */
interface Order {
  operation: string;
  options: JsonObject;
  source: Json;
  output: string;
  /** Input items it is made from. */
  from: number[];
  /** Only for events. */
  event?: JsonObject;
}

export const transform: Transform = {
  async run({ parameters }, context) {
    const order = parameters as unknown as Order;
    const file = await make(order, context);
    if (file.bytes.length > MAX_FILE_BYTES) {
      throw new NodeError('file-too-large', `The file would be larger than ${MAX_FILE_BYTES / 1024 / 1024} MiB.`);
    }
    const files = Object.create(null) as Record<string, FileBytes>;
    files[order.output] = file;
    return [{ json: {}, files, from: order.from }];
  },
};

async function make(order: Order, context: TransformContext): Promise<FileBytes> {
  const { operation, options, source } = order;
  const named = (bytes: Uint8Array<ArrayBuffer>, extension: string, name = 'file'): FileBytes => {
    const given = String(options['fileName'] ?? '').trim();
    const fileName = given || `${name}.${extension}`;
    return { bytes, fileName, mimeType: String(options['mimeType'] || '') || mediaTypeOf(`.${extension}`) };
  };
  switch (operation) {
    case 'toText':
      return named(encoded(String(source), options), 'txt');
    case 'toJson':
      return named(encoded(JSON.stringify(source, null, options['format'] === true ? 2 : 0), options), 'json');
    case 'toBinary':
      return binaryOf(source, options);
    case 'iCal': {
      const { writeEvent } = await import('./transform/ics.ts');
      return named(writeEvent(order.event as never, context), 'ics', 'event');
    }
    default:
      return named(await table(order, context.nowMs), operation, String(order.event?.['name'] ?? 'file'));
  }
}

async function table({ operation, options, source }: Order, nowMs: number): Promise<Uint8Array<ArrayBuffer>> {
  const { rowsOf } = await import('./transform/rows.ts');
  const rows = rowsOf(source as JsonObject[]);
  switch (operation) {
    case 'csv':
      return (await import('./transform/csv.ts')).writeCsv(rows, options);
    case 'html':
      return (await import('./transform/html.ts')).writeHtml(rows, options);
    case 'rtf':
      return (await import('./transform/rtf.ts')).writeRtf(rows, options);
    case 'ods':
    case 'xls':
    case 'xlsx':
      return (await import('./transform/sheet.ts')).writeSheet(rows, options, { format: operation, nowMs });
    default:
      throw new NodeError('unknown-mode', `There is no operation "${operation}".`);
  }
}

function encoded(text: string, options: JsonObject): Uint8Array<ArrayBuffer> {
  const encoding = String(options['encoding'] ?? 'utf8');
  try {
    return encodeText(`${options['addBOM'] === true ? '\ufeff' : ''}${text}`, encoding);
  } catch {
    throw new NodeError('unknown-encoding', `There is no encoding "${encoding}" to write.`);
  }
}

function binaryOf(source: Json, options: JsonObject): FileBytes {
  const text = typeof source === 'string' ? source : '';
  const fileName = String(options['fileName'] ?? '').trim();
  const bytes = options['dataIsBase64'] === false ? encoded(text, options) : decoded(text);
  const declared = /^\s*data:([^;,]+)[;,]/i.exec(text)?.[1];
  const byName = extensionOf(fileName) === '' ? undefined : mediaTypeOf(fileName);
  const mimeType = String(options['mimeType'] || '') || declared || sniffedType(bytes) || byName || 'text/plain';
  return fileName === '' ? { bytes, mimeType } : { bytes, mimeType, fileName };
}

function decoded(text: string): Uint8Array<ArrayBuffer> {
  try {
    return fromBase64(text);
  } catch {
    throw new NodeError('bad-base64', 'The text is not valid base64.', {
      description: 'To store text as it is, use "Convert to text file".',
    });
  }
}
