import type { JsonObject } from '../data/item.ts';
import { putOwn } from '../data/path.ts';
import { bound, columnsOf, kindsOf, quoted, restored, type SqlValue } from './columns.ts';
import { SqlError } from './error.ts';
import { gate } from './gate.ts';
import type { SqlPayload } from './payload.ts';

const MAX_INPUTS = 10;
const MAX_ROWS = 100_000;
const MAX_CHARS = 16_000_000;

/** SQLite as a host has it: empty, and undone or thrown away afterwards. */
export interface SqlDatabase {
  exec(statement: string, values: readonly SqlValue[]): void;
  query(statement: string): { names: readonly string[]; rows: Iterable<readonly SqlValue[]> };
}

/** Fills the tables `input1`, `input2`… and answers the query, if the gate lets it through. */
export function runQuery(database: SqlDatabase, { query, inputs }: SqlPayload): JsonObject[] {
  if (inputs.length > MAX_INPUTS) throw new SqlError(`A query takes ${MAX_INPUTS} inputs at most.`);
  const text = gate(query, new Map(inputs.map((items, index) => [`input${index + 1}`, items.length])));
  for (const [index, items] of inputs.entries()) fill(database, `input${index + 1}`, items);
  const { names, rows: found } = database.query(text);
  const kinds = kindsOf(inputs);
  const rows: JsonObject[] = [];
  let chars = 0;
  for (const values of found) {
    const row: JsonObject = {};
    for (const [at, name] of names.entries()) {
      const value = restored(values[at] ?? null, kinds.get(name.toLowerCase()));
      // Of equal names in a join the last that has something is meant.
      if (value !== null || !Object.hasOwn(row, name)) putOwn(row, name, value);
      chars += name.length + (typeof values[at] === 'string' ? values[at].length : 8);
    }
    rows.push(row);
    if (rows.length > MAX_ROWS || chars > MAX_CHARS) {
      throw new SqlError(
        `The answer is more than ${MAX_ROWS} rows or ${MAX_CHARS / 1_000_000} MB; add a condition or a LIMIT.`,
      );
    }
  }
  return rows;
}

function fill(database: SqlDatabase, table: string, items: readonly JsonObject[]): void {
  const columns = columnsOf(items, table);
  database.exec(`CREATE TABLE ${table} (${columns.length > 0 ? columns.map(quoted).join(', ') : '"(no fields)"'})`, []);
  const insert = `INSERT INTO ${table} VALUES (${columns.length > 0 ? columns.map(() => '?').join(', ') : 'NULL'})`;
  for (const item of items) {
    database.exec(
      insert,
      columns.map((name) => bound(Object.hasOwn(item, name) ? item[name] : null)),
    );
  }
}
