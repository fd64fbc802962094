import type { Json, JsonObject } from '../../../data/item.ts';
import { distinct } from '../../../data/distinct.ts';
import { putOwn } from '../../../data/path.ts';
import { MAX_COLUMNS, MAX_ROWS } from '../../../node/file-limits.ts';
import { NodeError } from '../../../node/kit.ts';
import { MAX_MESSAGE_CHARS, type TransformItem, outputTooLarge } from '../../../node/transform.ts';

/** One cell; undefined and '' are empty. */
export type Cell = Json | undefined;

export interface TableOptions {
  /** The first row names the columns; otherwise each item is `{row: [...]}`. */
  headerRow: boolean;
  includeEmptyCells: boolean;
  /** Data rows at most; below 0 all. */
  maxRows: number;
}

/** What the options of the node say about any table. */
export function tableOptions(options: JsonObject): TableOptions {
  const maxRows = Number(options['maxRowCount'] ?? -1);
  return {
    headerRow: options['headerRow'] !== false,
    includeEmptyCells: options['includeEmptyCells'] === true,
    maxRows: Number.isFinite(maxRows) ? maxRows : -1,
  };
}

/** Rows of a table as items. Empty cells are left out unless kept; rows without any are no items. */
export function itemsOfRows(rows: Iterable<readonly Cell[]>, options: TableOptions): TransformItem[] {
  const items: TransformItem[] = [];
  let names: string[] | undefined = options.headerRow ? undefined : [];
  let chars = 0;
  for (const row of rows) {
    if (row.length > MAX_COLUMNS) throw tooManyColumns();
    if (!names) {
      names = columnNames(row);
      continue;
    }
    if (options.maxRows >= 0 && items.length >= options.maxRows) break;
    if (row.every(isEmpty)) continue;
    if (items.length >= MAX_ROWS) {
      throw new NodeError('too-many-rows', `A table may have ${MAX_ROWS} rows.`, {
        description: 'Set "Rows at most" to read a part of it.',
      });
    }
    for (const cell of row) chars += typeof cell === 'string' ? cell.length : 8;
    // More could not be handed over: it is not even read.
    if (chars > MAX_MESSAGE_CHARS) throw outputTooLarge();
    items.push({ json: options.headerRow ? objectOf(row, names, options) : { row: row.map((cell) => cell ?? null) } });
  }
  return items;
}

const isEmpty = (cell: Cell): boolean => cell === undefined || cell === null || cell === '';

/** Columns without a name are `__EMPTY`, repeated names get a number, as spreadsheets readers do. */
const columnNames = (row: readonly Cell[]): string[] =>
  distinct(
    row.map((cell) => (isEmpty(cell) ? '__EMPTY' : String(cell))),
    (name, n) => `${name}_${n}`,
  );

const tooManyColumns = (): NodeError => new NodeError('too-many-columns', `A table may have ${MAX_COLUMNS} columns.`);

function objectOf(row: readonly Cell[], names: string[], options: TableOptions): JsonObject {
  const json: JsonObject = {};
  // A row longer than the header: no cell is lost.
  while (names.length < row.length) names.push(`__EMPTY_${names.length}`);
  names.forEach((name, column) => {
    const cell = row[column];
    if (!isEmpty(cell)) putOwn(json, name, cell as Json);
    else if (options.includeEmptyCells) putOwn(json, name, '');
  });
  return json;
}
