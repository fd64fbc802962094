import { dateToSerial } from 'hucre';
import { readOds } from 'hucre/ods';
import { type CellValue, type Sheet, readXls, readXlsx } from 'hucre/xlsx';
import type { JsonObject } from '../../../data/item.ts';
import { MAX_ROWS } from '../../../node/file-limits.ts';
import { NodeError } from '../../../node/kit.ts';
import type { TransformItem } from '../../../node/transform.ts';
import { UnpackBudget } from '../../compression/transform/unpack-budget.ts';
import { unzip } from '../../compression/transform/zip.ts';
import { type Cell, itemsOfRows, tableOptions } from './table.ts';

/** Compound file: what XLS files are. */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0];
const ZIP = [0x50, 0x4b];

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, at) => bytes[at] === byte);

export const isSpreadsheet = (bytes: Uint8Array): boolean => startsWith(bytes, COMPOUND) || startsWith(bytes, ZIP);

/** Reads XLSX, XLS and ODS; the format is what the bytes say. */
export async function extractSheet(bytes: Uint8Array<ArrayBuffer>, options: JsonObject): Promise<TransformItem[]> {
  const workbook = await read(bytes, options);
  const sheet = chosenSheet(workbook.sheets, options['sheetName']);
  const is1904 = workbook.dateSystem === '1904';
  const asText = options['readAsString'] === true;
  const cell = (value: CellValue): Cell => {
    if (value === null) return undefined;
    // A date is a number in the file, and stays one, as in n8n.
    const plain = value instanceof Date ? dateToSerial(value, is1904) : value;
    return asText ? String(plain) : plain;
  };
  const rows = rangeOf(sheet.rows, options['range']);
  return itemsOfRows(mapped(rows, cell), tableOptions(options));
}

function* mapped(rows: readonly CellValue[][], cell: (value: CellValue) => Cell): Generator<Cell[]> {
  for (const row of rows) yield row.map(cell);
}

type Read = { sheets: Sheet[]; dateSystem?: '1900' | '1904' };

async function read(bytes: Uint8Array<ArrayBuffer>, options: JsonObject): Promise<Read> {
  const range = options['range'];
  const isArea = typeof range === 'string' && /^\$?[a-z]+\$?\d+:\$?[a-z]+\$?\d+$/i.test(range);
  const how = { maxRows: MAX_ROWS + 2, ...(isArea ? { range: range.replaceAll('$', '') } : {}) };
  try {
    if (startsWith(bytes, COMPOUND)) return await readXls(bytes, how);
    if (startsWith(bytes, ZIP)) {
      // The reader's own limits are far above ours.
      unzip(bytes, new UnpackBudget(bytes.length), { keep: false });
      return isOds(bytes) ? await readOds(bytes, how) : await readXlsx(bytes, how);
    }
  } catch (error) {
    if (error instanceof NodeError) throw error;
    throw new NodeError('bad-spreadsheet', `The spreadsheet cannot be read: ${(error as Error).message}`);
  }
  throw new NodeError('bad-spreadsheet', 'This file is no XLSX, XLS or ODS spreadsheet.', {
    description: 'Choose the operation for the format the file really has.',
  });
}

/** An ODS file begins with its media type, stored uncompressed. */
const isOds = (bytes: Uint8Array): boolean =>
  new TextDecoder('latin1').decode(bytes.subarray(30, 120)).includes('opendocument.spreadsheet') ||
  new TextDecoder('latin1').decode(bytes.subarray(-8192)).includes('content.xml');

function chosenSheet(sheets: readonly Sheet[], name: JsonObject[string] | undefined): Sheet {
  const wanted = typeof name === 'string' ? name : '';
  const sheet = wanted === '' ? sheets[0] : sheets.find((each) => each.name === wanted);
  if (sheet) return sheet;
  const has = sheets.map((each) => `"${each.name}"`).join(', ') || 'none';
  throw new NodeError('no-such-sheet', `The spreadsheet has no sheet "${wanted}".`, { description: `It has: ${has}.` });
}

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
  const isWhole = left !== '' && top !== '' && right !== '' && bottom !== '' && !String(range).includes('!');
  // The reader has cut this already.
  if (isWhole) return rows;
  const part = rows.slice(top === '' ? 0 : Number(top) - 1, bottom === '' ? undefined : Number(bottom));
  return part.map((row) => row.slice(left === '' ? 0 : column(left), right === '' ? undefined : column(right) + 1));
}

/** `A` → 0, `AA` → 26. */
const column = (letters: string): number =>
  [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
