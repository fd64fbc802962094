import { env } from 'cloudflare:workers';
import { describe, it } from 'vitest';
import type { JsonObject } from '../../core/data/item.ts';
import type { Condition, TableCall, TableWork } from '../../core/tables/call.ts';
import { tablesOf } from '../stubs.ts';
import type { ObjectBindings } from '../stubs.ts';

let tenants = 0;

/** A fresh tenant's tables, with one of them made. */
async function fresh() {
  const tables = tablesOf(env as unknown as ObjectBindings, `tables-${++tenants}`);
  const apply = (works: TableWork[], more: { key?: string; continueOnFail?: boolean } = {}) =>
    tables.apply({
      calls: works.map((work, itemIndex): TableCall => ({ ...work, itemIndex })),
      continueOnFail: false,
      ...more,
    });
  const rows = async (...works: TableWork[]): Promise<JsonObject[]> => {
    const outcome = await apply(works);
    if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
    return outcome.value.flatMap((result) => (result.ok ? result.rows : []));
  };
  const [made] = await rows({
    op: 'create-table',
    name: 'people',
    columns: [
      { name: 'name', type: 'string' },
      { name: 'age', type: 'number' },
      { name: 'here', type: 'boolean' },
      { name: 'born', type: 'date' },
      { name: '"; DROP TABLE tables; --', type: 'string' },
    ],
    reuse: false,
  });
  const table = { name: 'people' };
  const insert = (values: JsonObject): TableWork => ({ op: 'insert', table, values });
  const get = (match: 'any' | 'all', ...conditions: Condition[]): TableWork => ({
    op: 'get',
    table,
    filter: { match, conditions },
  });
  const names = async (...conditions: Condition[]) => (await rows(get('all', ...conditions))).map((row) => row['name']);
  return { tables, apply, rows, insert, get, names, table, id: String(made?.['id']) };
}

const where = (column: string, operator: Condition['operator'], value?: Condition['value']): Condition =>
  value === undefined ? { column, operator } : { column, operator, value };

describe('rows', () => {
  it('[TBL1][TBL3] are what was inserted, as their columns keep it', async ({ expect }) => {
    const { rows, insert, get, apply } = await fresh();
    const [row] = await rows(insert({ name: { a: 1 }, age: '3.5', here: 'true', born: '2020-01-02T03:04:05+02:00' }));
    expect(row).toEqual({
      id: 1,
      createdAt: expect.stringMatching(/Z$/) as string,
      updatedAt: expect.stringMatching(/Z$/) as string,
      name: '{"a":1}',
      age: 3.5,
      here: true,
      born: '2020-01-02T01:04:05.000Z',
      '"; DROP TABLE tables; --': null,
    });
    expect(await rows(get('all'))).toEqual([row]);
    for (const [values, message] of [
      [{ age: 'many' }, '"many" is no number, as the column "age" wants.'],
      [{ here: 'perhaps' }, 'is no boolean'],
      [{ born: 'soon' }, 'is no date'],
      [{ nmae: 'x' }, 'has no column "nmae"; it has: id, createdAt, updatedAt, name, age, here, born'],
      [{ id: 7 }, 'is written by the table itself'],
      [{ name: 'x'.repeat(500_001) }, 'more than 500000 characters'],
    ] as [JsonObject, string][]) {
      expect(await apply([insert(values)])).toMatchObject({
        ok: false,
        error: { message: expect.stringContaining(message) as string },
      });
    }
  });

  it('[TBL2] are found by their type, any or all conditions', async ({ expect }) => {
    const { rows, insert, get, names } = await fresh();
    await rows(
      insert({ name: 'Ada', age: 36, here: true, born: '1815-12-10' }),
      insert({ name: 'Bob 10%', age: 9, here: false }),
      insert({ name: '', age: null, '"; DROP TABLE tables; --': 'x' }),
    );
    expect(await names(where('age', 'gt', '9'))).toEqual(['Ada']);
    expect(await names(where('age', 'gte', 9), where('age', 'lt', 36))).toEqual(['Bob 10%']);
    expect(await names(where('age', 'neq', 9))).toEqual(['Ada', '']);
    expect(await names(where('here', 'eq', 'true'))).toEqual(['Ada']);
    expect(await names(where('here', 'isFalse'))).toEqual(['Bob 10%']);
    expect(await names(where('name', 'isEmpty'))).toEqual(['']);
    expect(await names(where('age', 'isNotEmpty'))).toEqual(['Ada', 'Bob 10%']);
    expect(await names(where('name', 'like', 'ada'))).toEqual([]);
    expect(await names(where('name', 'ilike', '%DA'))).toEqual(['Ada']);
    expect(await names(where('name', 'like', 'Bob%'))).toEqual(['Bob 10%']);
    expect(await names(where('name', 'like', '% 10%'))).toEqual(['Bob 10%']);
    expect(await names(where('born', 'lt', '1900-01-01'))).toEqual(['Ada']);
    expect(await names(where('id', 'eq', 2))).toEqual(['Bob 10%']);
    expect(await names(where('"; DROP TABLE tables; --', 'eq', 'x'))).toEqual(['']);
    expect(await names(where('name', 'eq', "' OR 1=1 --"))).toEqual([]);
    expect(await rows(get('any', where('age', 'eq', 36), where('age', 'eq', 9)))).toHaveLength(2);
  });

  it('[TBL3][TBL6] change, and are shown before they would', async ({ expect }) => {
    const { rows, insert, names, table } = await fresh();
    await rows(insert({ name: 'Ada', age: 1 }), insert({ name: 'Bob', age: 2 }));
    const filter = { match: 'all' as const, conditions: [where('name', 'eq', 'Ada')] };
    expect(await rows({ op: 'update', table, filter, values: { age: 5 }, dryRun: true })).toMatchObject([
      { name: 'Ada', age: 1, dryRunState: 'before' },
      { name: 'Ada', age: 5, dryRunState: 'after' },
    ]);
    expect(await names(where('age', 'eq', 5))).toEqual([]);
    expect(await rows({ op: 'update', table, filter, values: { age: 5 } })).toMatchObject([{ id: 1, age: 5 }]);
    expect(await rows({ op: 'upsert', table, filter, values: { age: 6 } })).toMatchObject([{ id: 1, age: 6 }]);
    const other = { match: 'all' as const, conditions: [where('name', 'eq', 'Eve')] };
    expect(await rows({ op: 'upsert', table, filter: other, values: { name: 'Eve' } })).toMatchObject([
      { id: 3, name: 'Eve' },
    ]);
    expect(await rows({ op: 'exists', table, filter: other })).toHaveLength(1);
    expect(await rows({ op: 'delete', table, filter: other, dryRun: true })).toHaveLength(2);
    expect(await rows({ op: 'delete', table, filter: other })).toMatchObject([{ id: 3 }]);
    expect(await rows({ op: 'exists', table, filter: other })).toEqual([]);
    const order = { column: 'age', descending: true };
    const sorted = await rows({ op: 'get', table, filter: { match: 'all', conditions: [] }, limit: 1, order });
    expect(sorted).toMatchObject([{ name: 'Ada' }]);
  });
});

describe('calls', () => {
  it('[TBL4] are done together or not at all, or each for itself', async ({ expect }) => {
    const { apply, insert, names } = await fresh();
    const works = [insert({ name: 'one' }), insert({ age: 'x' }), insert({ name: 'three' })];
    expect(await apply(works)).toMatchObject({ ok: false, error: { code: 'bad-value' } });
    expect(await names()).toEqual([]);
    const each = await apply(works, { continueOnFail: true });
    expect(each).toMatchObject({
      ok: true,
      value: [{ ok: true }, { ok: false, itemIndex: 1, error: { code: 'bad-value' } }, { ok: true }],
    });
    expect(await names()).toEqual(['one', 'three']);
  });

  it('[TBL5] with the same key are done once, and answered alike', async ({ expect }) => {
    const { apply, insert, names } = await fresh();
    const key = 'run_0_1_1:node:0';
    const first = await apply([insert({ name: 'once' })], { key });
    const again = await Promise.all([
      apply([insert({ name: 'once' })], { key }),
      apply([insert({ name: 'other' })], { key }),
    ]);
    expect(again).toEqual([first, first]);
    expect(await apply([insert({ name: 'twice' })], { key: `${key}#1` })).not.toEqual(first);
    expect(await names()).toEqual(['once', 'twice']);
    const large = await apply([insert({ name: '€'.repeat(400_000) }), insert({ name: '€'.repeat(400_000) })], {
      key: 'large',
    });
    expect(await apply([], { key: 'large' })).toEqual(large);
  });
});

describe('tables', () => {
  it('[TBL8] are created, found, listed, renamed and deleted', async ({ expect }) => {
    const { apply, rows, tables, insert, id } = await fresh();
    const create = (name: string, reuse = false): TableWork => ({
      op: 'create-table',
      name,
      columns: [{ name: 'c', type: 'string' }],
      reuse,
    });
    expect(await apply([create('people')])).toMatchObject({ ok: false, error: { code: 'table-exists' } });
    expect(await rows(create('people', true))).toMatchObject([{ id, name: 'people' }]);
    await rows(create('orders'), create('Old orders'));
    expect((await rows({ op: 'list-tables', name: 'ORDER' })).map((table) => table['name'])).toEqual([
      'Old orders',
      'orders',
    ]);
    expect(await apply([{ op: 'rename-table', table: { name: 'orders' }, name: 'people' }])).toMatchObject({
      ok: false,
    });
    await rows({ op: 'rename-table', table: { id }, name: 'persons' });
    expect(await apply([insert({ name: 'x' })])).toMatchObject({
      ok: false,
      error: { code: 'table-unknown', status: 404 },
    });
    expect(await rows({ op: 'insert', table: { id: 'of another server', name: 'persons' }, values: {} })).toMatchObject(
      [{ id: 1 }],
    );
    await rows({ op: 'delete-table', table: { id } });
    expect((await tables.list()).map(({ name }) => name)).toEqual(['Old orders', 'orders']);
  });

  it('[TBL8] change their columns without showing what was there', async ({ expect }) => {
    const { tables, rows, insert, get, id } = await fresh();
    await rows(insert({ name: 'Ada', born: '2020-01-01' }));
    expect(await tables.removeColumn(id, 'born')).toMatchObject({ ok: true });
    expect(await tables.removeColumn(id, 'born')).toMatchObject({ ok: false, error: { code: 'unknown-column' } });
    expect(await tables.addColumn(id, { name: 'born', type: 'string' })).toMatchObject({ ok: true });
    expect(await tables.addColumn(id, { name: 'createdAt', type: 'date' })).toMatchObject({
      ok: false,
      error: { code: 'column-exists' },
    });
    expect(await rows(get('all'))).toMatchObject([{ name: 'Ada', born: null }]);
  });

  it('[TBL7] have limits that say what to do', async ({ expect }) => {
    const { apply, get } = await fresh();
    const columns = Array.from({ length: 65 }, (_, n) => ({ name: `c${n}`, type: 'string' as const }));
    expect(await apply([{ op: 'create-table', name: 'wide', columns, reuse: false }])).toMatchObject({
      ok: false,
      error: { message: 'A table may have 64 columns.' },
    });
    expect(await apply([{ op: 'create-table', name: ' ', columns: [], reuse: false }])).toMatchObject({
      ok: false,
      error: { code: 'bad-name' },
    });
    const conditions = Array.from({ length: 21 }, () => where('age', 'eq', 1));
    expect(await apply([get('any', ...conditions)])).toMatchObject({
      ok: false,
      error: { code: 'too-many-conditions' },
    });
    expect(await apply([get('any', where('name', 'like', 'a%b'))])).toMatchObject({
      ok: false,
      error: { code: 'bad-pattern' },
    });
  });

  it('[TBL9] are the tenant’s own', async ({ expect }) => {
    const one = await fresh();
    const two = await fresh();
    await one.rows(one.insert({ name: 'mine' }));
    expect(await two.names()).toEqual([]);
  });
});
