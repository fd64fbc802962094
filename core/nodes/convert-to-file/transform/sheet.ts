import { writeOds } from 'hucre/ods';
import { writeXlsx } from 'hucre/xlsx';
import type { JsonObject } from '../../../data/item.ts';
import { type Rows, linesOf } from './rows.ts';

/** Names of sheets may be 31 characters long and hold none of these. */
const sheetName = (options: JsonObject): string =>
  String(options['sheetName'] || 'Sheet')
    .replace(/[\\/?*[\]:]/g, ' ')
    .slice(0, 31) || 'Sheet';

const workbook = (table: Rows, options: JsonObject, nowMs: number) => ({
  sheets: [{ name: sheetName(options), rows: linesOf(table, options) }],
  // The writer would look at the clock.
  properties: { created: new Date(nowMs), modified: new Date(nowMs) },
});

export async function writeSheet(
  table: Rows,
  options: JsonObject,
  how: { format: string; nowMs: number },
): Promise<Uint8Array<ArrayBuffer>> {
  const book = workbook(table, options, how.nowMs);
  if (how.format === 'xls') return (await import('./xls.ts')).writeXls(book.sheets[0]);
  const made = how.format === 'ods' ? await writeOds(book) : await writeXlsx(book);
  return new Uint8Array(made);
}
