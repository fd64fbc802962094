import { DurableObject } from 'cloudflare:workers';
import { erase, type Erased } from '../kit/erase.ts';
import type { JsonObject } from '../../core/data/item.ts';
import { SqlError } from '../../core/sql/error.ts';
import type { SqlPayload } from '../../core/sql/payload.ts';
import { runQuery, type SqlDatabase } from '../../core/sql/run.ts';
import type { Outcome } from '../runner/protocol.ts';
import type { ObjectBindings } from '../stubs.ts';
import type { QueriesRpc } from './protocol.ts';

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
  erase(): Promise<Erased> {
    return erase(this.ctx.storage);
  }

  async run(call: SqlPayload): Promise<Outcome<JsonObject[]>> {
    try {
      this.ctx.storage.transactionSync(() => {
        throw new Done(runQuery(this.#database(), call));
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

  #database(): SqlDatabase {
    const { sql } = this.ctx.storage;
    return {
      exec: (statement, values) => void sql.exec(statement, ...values),
      query(statement) {
        const cursor = sql.exec(statement);
        return { names: cursor.columnNames, rows: cursor.raw() };
      },
    };
  }
}
