import type { JsonObject } from '../../../data/item.ts';
import { type Rows, type Value, linesOf } from './rows.ts';

/** Width of a column in twips. */
const COLUMN_TWIPS = 2000;

/** Everything beyond ASCII as a UTF-16 code unit, as RTF wants it. */
const escaped = (value: Value): string =>
  String(value ?? '')
    .replace(/[\\{}]/g, String.raw`\$&`)
    .replace(/\r?\n/g, String.raw`\line `)
    .replace(/[^\x20-\x7e]/g, (char) => {
      const code = char.charCodeAt(0);
      return `\\u${code > 0x7fff ? code - 0x10000 : code}?`;
    });

/** A table as an RTF document. */
export function writeRtf(table: Rows, options: JsonObject): Uint8Array<ArrayBuffer> {
  const rows = linesOf(table, options).map((row) => {
    const edges = row.map((_, column) => `\\cellx${(column + 1) * COLUMN_TWIPS}`).join('');
    return `\\trowd\\trautofit1${edges}\n${row.map((value) => `\\pard\\intbl ${escaped(value)}\\cell`).join('\n')}\n\\row`;
  });
  return new TextEncoder().encode(`{\\rtf1\\ansi\\uc1\n${rows.join('\n')}\n}\n`);
}
