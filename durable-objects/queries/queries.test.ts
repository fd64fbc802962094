import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, it } from 'vitest';
import type { JsonObject } from '../../core/data/item.ts';
import { queriesOf } from '../stubs.ts';
import type { ObjectBindings } from '../stubs.ts';

const bindings = env as unknown as ObjectBindings;
const run = (query: string, ...inputs: JsonObject[][]) => queriesOf(bindings, 'queries-test').run({ query, inputs });
const rows = async (query: string, ...inputs: JsonObject[][]): Promise<JsonObject[]> => {
  const outcome = await run(query, ...inputs);
  if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
  return outcome.value;
};

const people = [
  { id: 1, name: 'Ada', tags: ['x'], here: true },
  { id: 2, name: 'Bob', here: false },
];
const orders = [
  { person: 1, total: 9.5 },
  { person: 1, total: 0.5 },
  { person: 3, total: 7 },
];

describe('queries over items', () => {
  it('[SQL4] join and group, and give values back as they were', async ({ expect }) => {
    expect(
      await rows(
        'SELECT * FROM input1 LEFT JOIN input2 ON input1.id = input2.person ORDER BY id, total',
        people,
        orders,
      ),
    ).toEqual([
      { id: 1, name: 'Ada', tags: ['x'], here: true, person: 1, total: 0.5 },
      { id: 1, name: 'Ada', tags: ['x'], here: true, person: 1, total: 9.5 },
      { id: 2, name: 'Bob', tags: null, here: false, person: null, total: null },
    ]);
    expect(
      await rows('SELECT person, sum(total) AS total FROM input1 GROUP BY person ORDER BY person', orders),
    ).toEqual([
      { person: 1, total: 10 },
      { person: 3, total: 7 },
    ]);
    expect(await rows('SELECT * FROM input1 JOIN input2 ON 1', [{ id: 'left' }], [{ id: null, b: 1 }])).toEqual([
      { id: 'left', b: 1 },
    ]);
  });

  it('[SQL4] take fields of any name, and inputs without any', async ({ expect }) => {
    const odd: JsonObject = JSON.parse('{"a\\"b": 1, "__proto__": 2, "select": 3, "ä ö": 4}') as JsonObject;
    const [row] = await rows('SELECT * FROM input1', [odd]);
    expect(Object.entries(row ?? {})).toEqual([
      ['a"b', 1],
      ['__proto__', 2],
      ['select', 3],
      ['ä ö', 4],
    ]);
    expect(await rows('SELECT "a""b" AS x FROM input1', [odd])).toEqual([{ x: 1 }]);
    expect(await rows('SELECT count(*) AS n FROM input1', [{}, {}])).toEqual([{ n: 2 }]);
    expect(await rows('SELECT count(*) AS n FROM input2', [], [])).toEqual([{ n: 0 }]);
    const wide = Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`f${n}`, n]));
    expect(await run('SELECT 1', [wide])).toMatchObject({ ok: false, error: { code: 'sql-refused' } });
  });

  it('[SQL5] leave nothing, and find nothing of another', async ({ expect }) => {
    await rows('SELECT * FROM input1', people);
    expect(await run('SELECT * FROM input1')).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('no such table: input1') as string },
    });
    const stub = bindings.QUERIES.getByName('queries-test/queries');
    const tables = await runInDurableObject(stub, (_, { storage }) =>
      storage.sql.exec("SELECT name FROM sqlite_master WHERE name NOT LIKE '\\_cf%' ESCAPE '\\'").toArray(),
    );
    expect(tables).toEqual([]);
  });

  it('[SQL6] fail with what SQLite says', async ({ expect }) => {
    expect(await run('SELECT nmae FROM input1', people)).toMatchObject({
      ok: false,
      error: { code: 'sql-failed', message: expect.stringContaining('no such column: nmae') as string },
    });
    expect(await run('SELECT FROM', people)).toMatchObject({
      ok: false,
      error: { code: 'sql-failed', message: expect.stringMatching(/syntax error/) as string },
    });
  });

  it('[SQL3] are cut off when their answer is too large', async ({ expect }) => {
    const many = Array.from({ length: 400 }, (_, n) => ({ n }));
    expect(await run('SELECT * FROM input1 a, input1 b', many)).toMatchObject({
      ok: false,
      error: { code: 'sql-refused', message: expect.stringContaining('add a condition') as string },
    });
    expect(await rows('SELECT count(*) AS n FROM input1 a, input1 b', many)).toEqual([{ n: 160_000 }]);
  });
});
