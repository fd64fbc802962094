import { NodeError } from '../../../node/kit.ts';
import { joined } from '../../compression/transform/inflate.ts';
import { compoundFile } from './compound-file.ts';
import type { Value } from './rows.ts';

/** What the format can hold. */
const MAX_XLS_ROWS = 65_536;
const MAX_XLS_COLUMNS = 256;
/** A record holds 8 KiB. */
const MAX_TEXT_CHARS = 4_000;

const WORKBOOK = 0x0005;
const SHEET = 0x0010;

/** One sheet as an Excel 97 workbook (BIFF8): numbers, texts, booleans. */
export function writeXls(sheet: { name: string; rows: Value[][] } | undefined): Uint8Array<ArrayBuffer> {
  const { name, rows } = sheet ?? { name: 'Sheet', rows: [] };
  const columns = rows.reduce((most, row) => Math.max(most, row.length), 0);
  if (rows.length > MAX_XLS_ROWS || columns > MAX_XLS_COLUMNS) {
    throw new NodeError('too-many-rows', `An XLS file holds ${MAX_XLS_ROWS} rows of ${MAX_XLS_COLUMNS} cells.`, {
      description: 'Use XLSX for larger tables.',
    });
  }
  const globals = [begin(WORKBOOK), codepage(), window1(), ...fonts(), ...formats()];
  const end = record(0x000a, []);
  // The entry of the sheet says where the sheet's own records begin.
  const sizeOf = (parts: readonly Uint8Array[]): number => parts.reduce((sum, part) => sum + part.length, 0);
  const offset = sizeOf(globals) + boundSheet(name, 0).length + end.length;
  const body = [begin(SHEET), dimensions(rows.length, columns), ...cells(rows), window2(), end];
  return compoundFile('Workbook', joined([...globals, boundSheet(name, offset), end, ...body]));
}

const word = (value: number): number[] => [value & 0xff, (value >>> 8) & 0xff];
const long = (value: number): number[] => [...word(value), ...word(value >>> 16)];

function record(id: number, content: readonly number[]): Uint8Array {
  return Uint8Array.from([...word(id), ...word(content.length), ...content]);
}

const begin = (kind: number): Uint8Array =>
  record(0x0809, [...word(0x0600), ...word(kind), ...word(0x0dbb), ...word(0x07cc), ...long(0), ...long(6)]);
const codepage = (): Uint8Array => record(0x0042, word(0x04b0));
const window1 = (): Uint8Array =>
  record(0x003d, [0, 0, 0, 0, ...word(0x4000), ...word(0x2000), ...word(0x38), 0, 0, 0, 0, ...word(1), ...word(600)]);
const window2 = (): Uint8Array =>
  record(0x023e, [...word(0x06b6), 0, 0, 0, 0, ...word(0x40), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

/** Excel wants four fonts before any other. */
function fonts(): Uint8Array[] {
  const name = 'Arial';
  const content = [...word(200), ...word(0), ...word(0x7fff), ...word(400), 0, 0, 0, 0, 0, 0];
  const font = record(0x0031, [...content, name.length, 0, ...[...name].map((char) => char.charCodeAt(0))]);
  return [font, font, font, font];
}

/** Sixteen formats of styles and cells, and the style "Normal": the least Excel accepts. */
function formats(): Uint8Array[] {
  const format = (isCell: boolean): Uint8Array =>
    record(0x00e0, [
      0,
      0,
      0,
      0,
      ...word(isCell ? 0x0001 : 0xfff5),
      0x20,
      0,
      0,
      isCell ? 0 : 0xf4,
      ...long(0),
      ...long(0),
      ...word(0x20c0),
    ]);
  const list = Array.from({ length: 16 }, (_, index) => format(index === 15));
  return [...list, record(0x0293, [...word(0x8000), 0, 0xff])];
}

function boundSheet(name: string, offset: number): Uint8Array {
  const chars = [...name].flatMap((char) => word(char.charCodeAt(0)));
  return record(0x0085, [...long(offset), 0, 0, chars.length / 2, 1, ...chars]);
}

const dimensions = (rows: number, columns: number): Uint8Array =>
  record(0x0200, [...long(0), ...long(rows), ...word(0), ...word(columns), 0, 0]);

function* cells(rows: readonly Value[][]): Generator<Uint8Array> {
  for (const [row, values] of rows.entries()) {
    for (const [column, value] of values.entries()) {
      if (value === null) continue;
      const head = [...word(row), ...word(column), ...word(15)];
      if (typeof value === 'number') yield record(0x0203, [...head, ...double(value)]);
      else if (typeof value === 'boolean') yield record(0x0205, [...head, value ? 1 : 0, 0]);
      else yield label(head, value);
    }
  }
}

/** Text in the cell itself, two bytes a character. */
function label(head: readonly number[], text: string): Uint8Array {
  if (text.length > MAX_TEXT_CHARS) {
    throw new NodeError('cell-too-long', `A cell of an XLS file holds ${MAX_TEXT_CHARS} characters.`, {
      description: 'Use XLSX for longer texts.',
    });
  }
  const content = new Uint8Array(head.length + 3 + text.length * 2);
  content.set([...head, ...word(text.length), 1]);
  for (let at = 0; at < text.length; at++) content.set(word(text.charCodeAt(at)), head.length + 3 + at * 2);
  return Uint8Array.from([...word(0x0204), ...word(content.length), ...content]);
}

function double(value: number): number[] {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value, true);
  return [...new Uint8Array(view.buffer)];
}
