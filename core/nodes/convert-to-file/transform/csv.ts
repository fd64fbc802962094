import { encodeText } from '../../../data/encoding.ts';
import type { JsonObject } from '../../../data/item.ts';
import { type Rows, type Value, linesOf } from './rows.ts';

const textOf = (value: Value): string =>
  typeof value === 'boolean' ? String(value).toUpperCase() : value === null ? '' : String(value);

/** A table as CSV. It begins with a byte order mark: without it spreadsheets read UTF-8 as something else. */
export function writeCsv(table: Rows, options: JsonObject): Uint8Array<ArrayBuffer> {
  const delimiter = String(options['delimiter'] ?? ',').replaceAll('\\t', '\t') || ',';
  const quoted = (value: Value): string => {
    const text = textOf(value);
    const needsQuotes = text.includes(delimiter) || /["\r\n]/.test(text);
    return needsQuotes ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = linesOf(table, options).map((row) => row.map(quoted).join(delimiter));
  const mark = options['addBOM'] === false ? '' : '\ufeff';
  return encodeText(mark + lines.map((line) => `${line}\n`).join(''), 'utf-8');
}
