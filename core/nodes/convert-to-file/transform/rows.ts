import type { Json, JsonObject } from '../../../data/item.ts';
import { MAX_ROWS } from '../../../node/file-limits.ts';
import { NodeError } from '../../../node/kit.ts';

export type Value = string | number | boolean | null;

export interface Rows {
  /** Columns in the order in which they first appear. */
  names: string[];
  rows: Value[][];
}

/** Items as a table: nested values get columns of their own, named by their path. */
export function rowsOf(items: readonly JsonObject[]): Rows {
  if (items.length > MAX_ROWS) throw new NodeError('too-many-rows', `A table may have ${MAX_ROWS} rows.`);
  const columns = new Map<string, number>();
  const rows = items.map((json) => {
    const row: Value[] = [];
    flatten(json, '', (name, value) => {
      let column = columns.get(name);
      if (column === undefined) columns.set(name, (column = columns.size));
      row[column] = value;
    });
    return row;
  });
  const names = [...columns.keys()];
  return { names, rows: rows.map((row) => names.map((_, column) => row[column] ?? null)) };
}

/** Header, if wanted, and rows. */
export const linesOf = ({ names, rows }: Rows, options: JsonObject): Value[][] =>
  options['headerRow'] === false ? rows : [names, ...rows];

function flatten(value: Json, path: string, put: (name: string, value: Value) => void): void {
  if (value === null || typeof value !== 'object') {
    put(path, value);
    return;
  }
  for (const [key, inner] of Object.entries(value)) flatten(inner, path === '' ? key : `${path}.${key}`, put);
}
