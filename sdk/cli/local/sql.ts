import { DatabaseSync } from 'node:sqlite';
import type { JsonObject } from '../../../core/data/item.ts';
import type { EffectReply } from '../../../core/node/kit.ts';
import type { SqlPayload } from '../../../core/sql/payload.ts';
import { runQuery } from '../../../core/sql/run.ts';

/** A Merge node's query on this machine: in a database in memory that lives for the one query. */
export function performSql(payload: SqlPayload): EffectReply {
  const database = new DatabaseSync(':memory:');
  try {
    const rows = runQuery(
      {
        exec: (statement, values) => void database.prepare(statement).run(...(values as (string | number | null)[])),
        query(statement) {
          const prepared = database.prepare(statement);
          prepared.setReturnArrays(true);
          const names = prepared.columns().map(({ name }) => name);
          return { names, rows: prepared.iterate() as unknown as Iterable<(string | number | null)[]> };
        },
      },
      payload,
    );
    return { ok: true, value: { rows } as unknown as JsonObject };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const code = error.name === 'SqlError' ? 'sql-refused' : 'sql-failed';
    return { ok: false, error: { code, message: error.message, retryable: false } };
  } finally {
    database.close();
  }
}
