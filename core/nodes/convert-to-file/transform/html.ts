import type { JsonObject } from '../../../data/item.ts';
import { type Rows, type Value, linesOf } from './rows.ts';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (value: Value): string => String(value ?? '').replace(/[&<>"]/g, (char) => ESCAPES[char] ?? char);

/** A table as a page. */
export function writeHtml(table: Rows, options: JsonObject): Uint8Array<ArrayBuffer> {
  const rows = linesOf(table, options).map(
    (row) => `<tr>${row.map((value) => `<td>${escaped(value)}</td>`).join('')}</tr>`,
  );
  const title = escaped(String(options['sheetName'] || 'Sheet'));
  const page = `<!doctype html>\n<html><head><meta charset="utf-8"><title>${title}</title></head><body><table>\n${rows.join('\n')}\n</table></body></html>\n`;
  return new TextEncoder().encode(page);
}
