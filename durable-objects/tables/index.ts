import { DurableObject } from 'cloudflare:workers';
import { erase, type Erased } from '../kit/erase.ts';
import type { JsonObject } from '../../core/data/item.ts';
import type { Column, TableInfo, TableResult } from '../../core/tables/call.ts';
import { migrate } from '../kit/migrate.ts';
import type { Outcome } from '../runner/protocol.ts';
import type { ObjectBindings } from '../stubs.ts';
import { TableFailure } from './failure.ts';
import { MIGRATIONS } from './migrations.ts';
import type { ApplyCall, TablesRpc } from './protocol.ts';
import { tableService } from './service.ts';
import { TableStore } from './store.ts';

/** The data tables of one tenant. Named `tenant/tables`; only reached once somebody of the tenant asks for one. */
export class Tables extends DurableObject<ObjectBindings> implements TablesRpc {
  readonly #service: ReturnType<typeof tableService>;

  constructor(ctx: DurableObjectState, env: ObjectBindings) {
    super(ctx, env);
    migrate(ctx.storage, MIGRATIONS);
    this.#service = tableService({
      store: new TableStore(ctx.storage.sql),
      transaction: (body) => ctx.storage.transactionSync(body),
      now: () => Date.now(),
      newId: () => crypto.randomUUID().replaceAll('-', '').slice(0, 16),
    });
  }

  async dump(table: string, after: number, limit: number): Promise<JsonObject[]> {
    return this.#service.dump(table, after, limit);
  }

  async restore(info: TableInfo): Promise<Outcome<boolean>> {
    return outcome(() => this.#service.restore(info));
  }

  async restoreRows(table: string, rows: JsonObject[]): Promise<Outcome<number>> {
    return outcome(() => this.#service.restoreRows(table, rows));
  }

  async size(): Promise<number> {
    return this.ctx.storage.sql.databaseSize;
  }

  erase(): Promise<Erased> {
    return erase(this.ctx.storage);
  }

  async apply(call: ApplyCall): Promise<Outcome<TableResult[]>> {
    return outcome(() => this.#service.apply(call));
  }

  async list(): Promise<TableInfo[]> {
    return this.#service.list();
  }

  async addColumn(table: string, column: Column): Promise<Outcome<TableInfo>> {
    return outcome(() => this.#service.addColumn(table, column));
  }

  async removeColumn(table: string, name: string): Promise<Outcome<TableInfo>> {
    return outcome(() => this.#service.removeColumn(table, name));
  }
}

/** Classes do not survive RPC: failures are values. */
function outcome<T>(work: () => T): Outcome<T> {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    if (!(error instanceof TableFailure)) throw error;
    return { ok: false, error: { status: error.status, code: error.code, message: error.message } };
  }
}
