import { DurableObject } from 'cloudflare:workers';
import type { JsonObject } from '../../core/data/item.ts';
import { putOwn } from '../../core/data/path.ts';
import { SqlError } from '../../core/sql/error.ts';
import { gate } from '../../core/sql/gate.ts';
import type { SqlPayload } from '../../core/sql/payload.ts';
import type { Outcome } from '../runner/protocol.ts';
import type { ObjectBindings } from '../stubs.ts';
import { bound, columnsOf, kindsOf, quoted, restored } from './columns.ts';
import type { QueriesRpc } from './protocol.ts';

const MAX_INPUTS = 10;
const MAX_ROWS = 100_000;
const MAX_CHARS = 16_000_000;

/** Thrown to undo the transaction of a query that went well. */
class Done extends Error {
  readonly rows: JsonObject[];
  constructor(rows: JsonObject[]) {
    super('done');
    this.rows = rows;
  }
}

/** Runs authors' queries over items. Named `tenant/queries`; its database is empty before and after each call. */
export class Queries extends DurableObject<ObjectBindings> implements QueriesRpc {
  async run({ query, inputs }: SqlPayload): Promise<Outcome<JsonObject[]>> {
    try {
      this.ctx.storage.transactionSync(() => {
        throw new Done(this.#answer(query, inputs));
      });
      throw new Error('A query must end by undoing itself.');
    } catch (error) {
      if (error instanceof Done) return { ok: true, value: error.rows };
      if (!(error instanceof Error)) throw error;
      const message = error.message.replace(/: SQLITE_\w+$/, '').slice(0, 1_000);
      return {
        ok: false,
        error: { status: 400, code: error instanceof SqlError ? 'sql-refused' : 'sql-failed', message },
      };
    }
  }

  #answer(query: string, inputs: readonly JsonObject[][]): JsonObject[] {
    if (inputs.length > MAX_INPUTS) throw new SqlError(`A query takes ${MAX_INPUTS} inputs at most.`);
    const sizes = new Map(inputs.map((items, index) => [`input${index + 1}`, items.length]));
    const text = gate(query, sizes);
    for (const [index, items] of inputs.entries()) this.#fill(`input${index + 1}`, items);
    const cursor = this.ctx.storage.sql.exec(text);
    const kinds = kindsOf(inputs);
    const names = cursor.columnNames;
    const rows: JsonObject[] = [];
    let chars = 0;
    for (const values of cursor.raw()) {
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

  #fill(table: string, items: readonly JsonObject[]): void {
    const columns = columnsOf(items, table);
    const listed = columns.length > 0 ? columns.map(quoted).join(', ') : '"(no fields)"';
    this.ctx.storage.sql.exec(`CREATE TABLE ${table} (${listed})`);
    if (columns.length === 0) {
      for (let count = 0; count < items.length; count++) {
        this.ctx.storage.sql.exec(`INSERT INTO ${table} VALUES (NULL)`);
      }
      return;
    }
    const insert = `INSERT INTO ${table} VALUES (${columns.map(() => '?').join(', ')})`;
    for (const item of items) {
      const values = columns.map((name) => bound(Object.hasOwn(item, name) ? item[name] : null));
      this.ctx.storage.sql.exec(insert, ...values);
    }
  }
}
