import type { Json, JsonObject } from '../../../core/data/item.ts';
import type { Column, Condition, RowFilter, TableCall, TableInfo, TableWork } from '../../../core/tables/call.ts';
import { parseCsv, writeCsv } from '../../../core/tables/csv.ts';
import type { TablesRpc } from '../../../durable-objects/tables/protocol.ts';
import { problemsOf } from '../../kit/problem.ts';
import { valueOf } from '../../kit/refusal.ts';
import { errors } from './contract.ts';

const problem = problemsOf(errors);

/** Rows of one insert: the answer of a call is bounded. */
const CSV_ROWS = 10_000;

interface RowQuery {
  limit: number;
  after: number;
  filter?: RowFilter | undefined;
  sort?: string | undefined;
}

/** Data tables as the API shows them: a thin layer over the object that holds them. */
export function tablesService(tables: TablesRpc) {
  async function applyEach(works: readonly TableWork[]): Promise<JsonObject[][]> {
    const calls = works.map((work, itemIndex): TableCall => ({ ...work, itemIndex }));
    const results = valueOf(await tables.apply({ calls, continueOnFail: false }));
    return results.map((result) => (result.ok ? result.rows : []));
  }

  const apply = async (works: readonly TableWork[]): Promise<JsonObject[]> => (await applyEach(works)).flat();

  async function get(id: string): Promise<TableInfo> {
    const found = (await tables.list()).find((table) => table.id === id);
    if (!found) throw problem('table-unknown', { hint: 'GET /v1/data-tables lists them.' });
    return found;
  }

  return {
    list: () => tables.list(),
    get,

    async create(name: string, columns: Column[]): Promise<TableInfo> {
      const [made] = await apply([{ op: 'create-table', name, columns, reuse: false }]);
      return get(String(made?.id));
    },

    async change(
      id: string,
      { name, add, remove }: { name?: string | undefined; add: Column[]; remove: string[] },
    ): Promise<{ before: TableInfo; after: TableInfo }> {
      const before = await get(id);
      if (name !== undefined) await apply([{ op: 'rename-table', table: { id }, name }]);
      for (const column of remove) valueOf(await tables.removeColumn(id, column));
      for (const column of add) valueOf(await tables.addColumn(id, column));
      return { before, after: await get(id) };
    },

    async remove(id: string): Promise<TableInfo> {
      const before = await get(id);
      await apply([{ op: 'delete-table', table: { id } }]);
      return before;
    },

    rows(id: string, { limit, after, filter, sort }: RowQuery): Promise<JsonObject[]> {
      const newer: Condition = { column: 'id', operator: 'gt', value: after };
      const wanted = filter ?? { match: 'all', conditions: after > 0 ? [newer] : [] };
      if (filter && after > 0) {
        if (filter.match === 'any' && filter.conditions.length > 1) {
          throw problem('bad-pattern', { hint: 'Use "after" with a filter that matches all of its conditions.' });
        }
        wanted.conditions = [...wanted.conditions, newer];
        wanted.match = 'all';
      }
      const order =
        sort === undefined ? {} : { order: { column: sort.replace(/^-/, ''), descending: sort.startsWith('-') } };
      return apply([{ op: 'get', table: { id }, filter: wanted, limit, ...order }]);
    },

    insert: (id: string, rows: readonly JsonObject[]): Promise<JsonObject[]> =>
      apply(rows.map((values) => ({ op: 'insert', table: { id }, values }))),

    /** The rows that matched, as they were and as they are: looked at and changed in one turn of the tables. */
    async update(
      id: string,
      filter: RowFilter,
      values: JsonObject,
    ): Promise<{ before: JsonObject[]; after: JsonObject[] }> {
      const table = { id };
      const works: TableWork[] = [
        { op: 'get', table, filter },
        { op: 'update', table, filter, values },
      ];
      const [before = [], after = []] = await applyEach(works);
      return { before, after };
    },

    erase: (id: string, filter: RowFilter): Promise<JsonObject[]> => apply([{ op: 'delete', table: { id }, filter }]),

    async download(id: string): Promise<{ name: string; text: string }> {
      const { name, columns } = await get(id);
      const names = ['id', 'createdAt', 'updatedAt', ...columns.map((column) => column.name)];
      const rows = await apply([{ op: 'get', table: { id }, filter: { match: 'all', conditions: [] } }]);
      return { name, text: writeCsv([names, ...rows.map((row) => names.map((column) => row[column]))]) };
    },

    async upload(id: string, bytes: Uint8Array): Promise<number> {
      const { columns } = await get(id);
      const [names = [], ...rows] = parseCsv(textOf(bytes));
      const known = new Set(columns.map((column) => column.name));
      const foreign = names.filter((name) => !known.has(name) && !['id', 'createdAt', 'updatedAt'].includes(name));
      if (names.length === 0 || foreign.length > 0) {
        throw problem('csv-invalid', {
          detail:
            names.length === 0
              ? 'The CSV has no first line.'
              : `The table has no column ${foreign.map((name) => JSON.stringify(name.slice(0, 80))).join(', ')}.`,
          hint: `The first line names columns: ${[...known].join(', ')}.`,
        });
      }
      if (rows.length > CSV_ROWS) throw problem('csv-invalid', { detail: `At most ${CSV_ROWS} rows at once.` });
      if (rows.length === 0) return 0;
      const values = rows.map((row) => rowOf(names, row, known));
      const made = await apply(values.map((each) => ({ op: 'insert', table: { id }, values: each, quiet: true })));
      return made.length;
    },
  };
}

/** An empty field is no value: CSV has no other way to say so. The table's own columns are written anew. */
function rowOf(names: readonly string[], row: readonly string[], known: ReadonlySet<string>): JsonObject {
  const entries = names.flatMap((name, index): [string, Json][] => {
    const value = row[index] ?? '';
    return known.has(name) ? [[name, value === '' ? null : value]] : [];
  });
  return Object.fromEntries(entries);
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw problem('csv-invalid', { detail: 'The CSV is not UTF-8 text.' });
  }
}
