import type { JsonObject } from '../../core/data/item.ts';
import {
  type Column,
  COLUMN_TYPES,
  SYSTEM_COLUMNS,
  type TableCall,
  type TableInfo,
  type TableRef,
  type TableResult,
  type TableWork,
  writes,
} from '../../core/tables/call.ts';
import { shown, TableFailure } from './failure.ts';
import { whereOf } from './filter.ts';
import type { Table, TableStore } from './store.ts';

const MAX_TABLES = 500;
/** With the conditions of a filter they are bound to one statement, which takes 100 values. */
const MAX_COLUMNS = 64;
const MAX_NAME_CHARS = 128;
/** What one call may read or change at once. */
const MAX_ROWS = 10_000;
/** An answer travels in one message and is journaled. */
const MAX_ANSWER_CHARS = 10_000_000;
/** An object of Cloudflare's holds 10 GB; far before that, tables belong in a database. */
const MAX_SIZE_BYTES = 1_000_000_000;
/** Longer than any run is recovered after a loss. */
const REMEMBER_MS = 14 * 86_400_000;

interface TableDeps {
  store: TableStore;
  transaction<T>(body: () => T): T;
  now(): number;
  newId(): string;
}

/** The rules of data tables. Synchronous, so that a transaction is a function. */
export function tableService({ store, transaction, now, newId }: TableDeps) {
  function tableOf(ref: TableRef): Table {
    const table = store.find(ref);
    if (table) return table;
    throw new TableFailure('table-unknown', `There is no data table ${shown(ref.name ?? ref.id)}.`, 404);
  }

  function create({ name, columns, reuse }: TableWork & { op: 'create-table' }): TableInfo {
    const known = store.find({ name: checkedName(name, 'table') });
    if (known && reuse) return known.info;
    if (known) throw new TableFailure('table-exists', `There is already a data table ${shown(name)}.`, 409);
    if (store.count() >= MAX_TABLES) {
      throw new TableFailure('tables-full', `There may be ${MAX_TABLES} data tables.`, 409);
    }
    assertColumns(columns);
    const id = newId();
    store.create({ id, name, columns, nowMs: now() });
    return tableOf({ id }).info;
  }

  function rows(call: TableWork): JsonObject[] {
    switch (call.op) {
      case 'insert': {
        const row = store.insert(tableOf(call.table), call.values, now());
        return call.quiet ? [{ success: true, insertedRows: 1 }] : [row];
      }
      case 'get': {
        const table = tableOf(call.table);
        const { order } = call;
        const sorted = order
          ? { order: { sql: store.place(table, order.column).sql, descending: order.descending } }
          : {};
        const limit = Math.min(call.limit ?? MAX_ROWS + 1, MAX_ROWS + 1);
        return bounded(
          store.select(
            table,
            whereOf(call.filter, (column) => store.place(table, column)),
            { limit, ...sorted },
          ),
        );
      }
      case 'exists': {
        const table = tableOf(call.table);
        return store.select(
          table,
          whereOf(call.filter, (column) => store.place(table, column)),
          { limit: 1 },
        );
      }
      case 'update':
      case 'upsert':
        return change(call);
      case 'delete': {
        const table = tableOf(call.table);
        const where = whereOf(call.filter, (column) => store.place(table, column));
        if (!call.dryRun) return bounded(store.delete(table, where));
        return bounded(store.select(table, where, { limit: MAX_ROWS + 1 })).flatMap((row) => dryRun(row, null));
      }
      case 'create-table':
        return [tableJson(create(call))];
      case 'rename-table': {
        const table = tableOf(call.table);
        const other = store.find({ name: checkedName(call.name, 'table') });
        if (other && other.n !== table.n) {
          throw new TableFailure('table-exists', `There is already a data table ${shown(call.name)}.`, 409);
        }
        store.rename(table.n, call.name, now());
        return [tableJson(tableOf({ id: table.info.id }).info)];
      }
      case 'delete-table':
        store.drop(tableOf(call.table).n);
        return [{ success: true }];
      case 'list-tables':
        return listed(call).map(tableJson);
    }
  }

  function change(call: TableWork & { op: 'update' | 'upsert' }): JsonObject[] {
    const table = tableOf(call.table);
    const where = whereOf(call.filter, (column) => store.place(table, column));
    if (call.dryRun) {
      const before = bounded(store.select(table, where, { limit: MAX_ROWS + 1 }));
      if (before.length === 0 && call.op === 'upsert') return dryRun(null, call.values);
      return before.flatMap((row) => dryRun(row, { ...row, ...call.values }));
    }
    const changed = bounded(store.update(table, where, call.values, now()));
    return changed.length === 0 && call.op === 'upsert' ? [store.insert(table, call.values, now())] : changed;
  }

  function listed({
    name = '',
    limit = MAX_TABLES,
    sort = 'name',
    descending = false,
  }: TableWork & { op: 'list-tables' }): TableInfo[] {
    const found = store
      .all()
      .map(({ info }) => info)
      .filter((info) => info.name.toLowerCase().includes(name.toLowerCase()));
    found.sort((a, b) => (a[sort] < b[sort] ? -1 : a[sort] > b[sort] ? 1 : 0));
    return (descending ? found.reverse() : found).slice(0, limit);
  }

  function one(call: TableCall): TableResult {
    return { ok: true, itemIndex: call.itemIndex, rows: rows(call) };
  }

  return {
    /** @throws TableFailure for the first call that fails, unless each is for itself. */
    apply({
      calls,
      continueOnFail,
      key,
    }: {
      calls: readonly TableCall[];
      continueOnFail: boolean;
      key?: string;
    }): TableResult[] {
      const known = key === undefined ? undefined : store.applied(key);
      if (known !== undefined) return JSON.parse(known) as TableResult[];
      if (calls.some(writes) && store.sizeBytes() > MAX_SIZE_BYTES) {
        throw new TableFailure('tables-full', 'The data tables of this tenant hold 1 GB; delete rows first.', 409);
      }
      return transaction(() => {
        const results = calls.map((call): TableResult => {
          if (!continueOnFail) return one(call);
          try {
            // A call of its own: what it did before it failed is undone.
            return transaction(() => one(call));
          } catch (error) {
            if (!(error instanceof TableFailure)) throw error;
            return { ok: false, itemIndex: call.itemIndex, error: { code: error.code, message: error.message } };
          }
        });
        const text = JSON.stringify(results);
        if (text.length > MAX_ANSWER_CHARS) {
          throw new TableFailure('too-much-data', 'The rows are more than 10 MB; read or change fewer at once.');
        }
        if (key !== undefined) {
          store.remember(key, text, now());
          store.forgetBefore(now() - REMEMBER_MS);
        }
        return results;
      });
    },

    dump(id: string, after: number, limit: number): JsonObject[] {
      const table = store.find({ id });
      return table ? store.selectAfter(table, after, limit) : [];
    },

    restore(info: TableInfo): boolean {
      if (store.find({ id: info.id }) || store.find({ name: checkedName(info.name, 'table') })) return false;
      if (store.count() >= MAX_TABLES) {
        throw new TableFailure('tables-full', `There may be ${MAX_TABLES} data tables.`, 409);
      }
      assertColumns(info.columns);
      transaction(() => store.create({ ...info, nowMs: now() }));
      return true;
    },

    restoreRows(id: string, exported: readonly JsonObject[]): number {
      const table = tableOf({ id });
      if (store.sizeBytes() > MAX_SIZE_BYTES) throw new TableFailure('tables-full', 'The data tables hold 1 GB.', 409);
      transaction(() => {
        for (const row of exported) store.restore(table, row);
      });
      return exported.length;
    },

    list: (): TableInfo[] => store.all().map(({ info }) => info),

    addColumn(id: string, column: Column): TableInfo {
      const table = tableOf({ id });
      assertColumns([...table.info.columns, column]);
      transaction(() => store.addColumn(table.n, column));
      return tableOf({ id }).info;
    },

    removeColumn(id: string, name: string): TableInfo {
      const table = tableOf({ id });
      const index = table.info.columns.findIndex((column) => column.name === name);
      const n = table.numbers[index];
      if (n === undefined) throw new TableFailure('unknown-column', `The table has no column ${shown(name)}.`, 404);
      transaction(() => store.removeColumn(table.n, n));
      return tableOf({ id }).info;
    },
  };
}

const tableJson = (info: TableInfo): JsonObject => ({
  ...info,
  columns: info.columns.map(({ name, type }) => ({ name, type })),
});

function bounded(found: JsonObject[]): JsonObject[] {
  if (found.length <= MAX_ROWS) return found;
  throw new TableFailure('too-many-rows', `More than ${MAX_ROWS} rows match; narrow the conditions or set a limit.`);
}

const dryRun = (before: JsonObject | null, after: JsonObject | null): JsonObject[] => [
  { ...before, dryRunState: 'before' },
  { ...after, dryRunState: 'after' },
];

function checkedName(name: string, what: string): string {
  if (name.trim() !== '' && name.length <= MAX_NAME_CHARS) return name;
  throw new TableFailure(
    'bad-name',
    `A ${what} needs a name of 1 to ${MAX_NAME_CHARS} characters, not ${shown(name)}.`,
  );
}

function assertColumns(columns: readonly Column[]): void {
  if (columns.length > MAX_COLUMNS) {
    throw new TableFailure('too-many-columns', `A table may have ${MAX_COLUMNS} columns.`);
  }
  const taken = new Set(SYSTEM_COLUMNS.map(({ name }) => name));
  for (const { name, type } of columns) {
    checkedName(name, 'column');
    if (!COLUMN_TYPES.includes(type)) {
      throw new TableFailure('bad-type', `A column is ${COLUMN_TYPES.join(', ')}, not ${shown(type)}.`);
    }
    if (taken.has(name)) throw new TableFailure('column-exists', `There is already a column ${shown(name)}.`, 409);
    taken.add(name);
  }
}
