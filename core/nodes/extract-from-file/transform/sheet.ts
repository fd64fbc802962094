import { type SheetFilter, dateToSerial } from 'hucre';
import { readOds, streamOdsRows } from 'hucre/ods';
import { type CellValue, readXls, readXlsx, streamXlsxRows } from 'hucre/xlsx';
import type { Json, JsonObject } from '../../../data/item.ts';
import { MAX_ROWS } from '../../../node/file-limits.ts';
import { NodeError } from '../../../node/kit.ts';
import type { TransformItem } from '../../../node/transform.ts';
import { UnpackBudget } from '../../compression/transform/unpack-budget.ts';
import { unzip } from '../../compression/transform/zip.ts';
import { type Cell, type TableOptions, itemsOfRows, tableOptions } from './table.ts';

/** Compound file: what XLS files are. */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0];
const ZIP = [0x50, 0x4b];

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, at) => bytes[at] === byte);

/** Rows after which others have their turn. */
const ROWS_A_TURN = 1_000;

/** Reads XLSX, XLS and ODS; the format is what the bytes say. */
export async function extractSheet(
  bytes: Uint8Array<ArrayBuffer>,
  options: JsonObject,
  breathe: () => Promise<void>,
): Promise<TransformItem[]> {
  const table = tableOptions(options);
  const limit = limitOf(table, options['range']);
  try {
    const rows = rangeOf(await rowsIn(bytes, { options, breathe, limit }), options['range']);
    const asText = options['readAsString'] === true;
    return itemsOfRows(mapped(rows, asText), table);
  } catch (error) {
    if (error instanceof NodeError) throw error;
    throw new NodeError('bad-spreadsheet', `The spreadsheet cannot be read: ${(error as Error).message}`);
  }
}

/** Rows to read: one more than allowed is enough to know that there are too many. */
const limitOf = ({ maxRows }: TableOptions, range: Json | undefined): number =>
  (range === undefined || range === '') && maxRows >= 0 ? maxRows + 1 : MAX_ROWS + 2;

function* mapped(rows: readonly CellValue[][], asText: boolean): Generator<Cell[]> {
  for (const row of rows) {
    yield row.map((value): Cell => {
      if (value === null) return undefined;
      // A date is a number in the file, and stays one, as in n8n.
      const plain = value instanceof Date ? dateToSerial(value) : value;
      return asText ? String(plain) : plain;
    });
  }
}

async function rowsIn(
  bytes: Uint8Array<ArrayBuffer>,
  how: { options: JsonObject; breathe: () => Promise<void>; limit: number },
): Promise<CellValue[][]> {
  const name = how.options['sheetName'];
  const wanted = typeof name === 'string' ? name : '';
  if (startsWith(bytes, COMPOUND)) {
    const { sheets } = await readXls(bytes, { maxRows: how.limit, dateSystem: '1900' });
    const sheet = wanted === '' ? sheets[0] : sheets.find((each) => each.name === wanted);
    if (!sheet) {
      throw noSheet(
        wanted,
        sheets.map((each) => each.name),
      );
    }
    return sheet.rows;
  }
  if (!startsWith(bytes, ZIP)) {
    throw new NodeError('bad-spreadsheet', 'This file is no XLSX, XLS or ODS spreadsheet.', {
      description: 'Choose the operation for the format the file really has.',
    });
  }
  // The reader's own limits are far above ours.
  await unzip(bytes, new UnpackBudget(bytes.length, how.breathe), { keep: false });
  const names = await sheetNames(bytes);
  const index = wanted === '' ? 0 : names.indexOf(wanted);
  if (index < 0) throw noSheet(wanted, names);
  // Numbers of dates are those of the file, whichever year they count from.
  const stream = isOds(bytes)
    ? streamOdsRows(bytes, { sheets: [index] })
    : streamXlsxRows(bytes, { sheet: index, dateSystem: '1900' });
  const rows: CellValue[][] = [];
  for await (const row of stream) {
    while (rows.length < row.index) rows.push([]);
    rows.push(row.values);
    if (rows.length >= how.limit) break;
    if (rows.length % ROWS_A_TURN === 0) await how.breathe();
  }
  return rows;
}

const noSheet = (wanted: string, names: readonly string[]): NodeError =>
  new NodeError('no-such-sheet', `The spreadsheet has no sheet "${wanted}".`, {
    description: `It has: ${names.map((name) => `"${name}"`).join(', ') || 'none'}.`,
  });

/** Without reading a cell: no sheet passes the filter. */
async function sheetNames(bytes: Uint8Array<ArrayBuffer>): Promise<string[]> {
  const names: string[] = [];
  const note: SheetFilter = ({ name }) => {
    names.push(name);
    return false;
  };
  await (isOds(bytes) ? readOds(bytes, { sheets: note }) : readXlsx(bytes, { sheets: note }));
  return names;
}

/** An ODS file begins with its media type, stored uncompressed. */
const isOds = (bytes: Uint8Array): boolean =>
  new TextDecoder('latin1').decode(bytes.subarray(30, 120)).includes('opendocument.spreadsheet') ||
  new TextDecoder('latin1').decode(bytes.subarray(-8192)).includes('content.xml');

/** A number is the first row to read, from 0; columns alone (`A:C`) and one corner are cut here. */
function rangeOf(rows: CellValue[][], range: JsonObject[string] | undefined): CellValue[][] {
  if (range === undefined || range === null || range === '') return rows;
  if (/^\d+$/.test(String(range))) return rows.slice(Number(range));
  const match = /^(?:.*!)?\$?([a-z]{0,3})\$?(\d*)(?::\$?([a-z]{0,3})\$?(\d*))?$/i.exec(String(range));
  if (!match) {
    throw new NodeError('bad-range', `"${String(range)}" is no range of cells.`, {
      description: 'For example A1:D10.',
    });
  }
  const [, left = '', top = '', right = '', bottom = ''] = match;
  const part = rows.slice(top === '' ? 0 : Number(top) - 1, bottom === '' ? undefined : Number(bottom));
  return part.map((row) => row.slice(left === '' ? 0 : column(left), right === '' ? undefined : column(right) + 1));
}

/** `A` → 0, `AA` → 26. */
const column = (letters: string): number =>
  [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
