import { describe, it } from 'vitest';
import { gate } from './gate.ts';

const SIZES = new Map([
  ['input1', 100],
  ['input2', 50],
]);
const pass = (sql: string, sizes = SIZES): string => gate(sql, sizes);

describe('[SQL1] a query passes', () => {
  it('when it reads', ({ expect }) => {
    for (const sql of [
      'SELECT * FROM input1 LEFT JOIN input2 ON input1.name = input2.id',
      'select a.x, count(*) as n from input1 a, input2 as b where a.id = b.id group by a.x having count(*) > 1 order by n desc limit 5',
      `SELECT "strange name", [other], \`third\`, 'it''s; DROP TABLE x' -- a comment; not run\n FROM input1`,
      'WITH big AS (SELECT * FROM input1 WHERE n > 1.5e3), two (a, b) AS (VALUES (1, 2)) SELECT * FROM big, two',
      "SELECT CASE WHEN x IS NULL THEN 0 ELSE CAST(x AS INTEGER) END, replace(a, 'b', 'c') FROM input1",
      'SELECT *, row_number() OVER (PARTITION BY a ORDER BY b) AS r FROM input1',
      'SELECT * FROM input1 WHERE id IN (SELECT id FROM input2) AND EXISTS (SELECT 1)',
      'SELECT * FROM input1 UNION ALL SELECT * FROM input2',
      'VALUES (1), (2)',
      'SELECT "update", "delete" FROM input1',
    ]) {
      expect(pass(sql), sql).toBe(sql);
    }
    expect(pass('SELECT 1 ;; ')).toBe('SELECT 1');
    expect(pass('SELECT 1 -- the end')).toBe('SELECT 1');
    expect(pass('SELECT "a""b";')).toBe('SELECT "a""b"');
  });
});

describe('[SQL2] a query does not pass', () => {
  it('when it does anything else, in any spelling', ({ expect }) => {
    for (const sql of [
      'INSERT INTO input1 VALUES (1)',
      'DELETE FROM input1',
      'PRAGMA table_list',
      'EXPLAIN SELECT 1',
      'BEGIN',
      "ATTACH 'x' AS y",
      'SELECT 1; DROP TABLE input1',
      'SELECT 1 /* ; */ ; SELECT 2',
      'WITH x AS (SELECT 1) DELETE FROM input1',
      'WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n) SELECT * FROM n',
      'SELECT * FROM sqlite_master',
      'SELECT * FROM "sqlite_schema"',
      'SELECT * FROM [SQLITE_Master]',
      'SELECT * FROM main.sqlite_master',
      "SELECT * FROM pragma_table_info('input1')",
      'SELECT * FROM _cf_KV',
      'SELECT * FROM json_each(input1.a)',
      'SELECT * FROM generate_series(1, 1e12)',
      "SELECT load_extension('x')",
      'SELECT randomblob(1000000000)',
      'SELECT zeroblob(1e9)',
      "SELECT printf('%1000000000d', 1)",
      'SELECT "randomblob"(9)',
      'SELECT ?1',
      'SELECT :a',
      'SELECT @a',
      'SELECT 1 RETURNING 1',
      'SELECT * INTO x FROM input1',
      "SELECT 'open",
      'SELECT (1',
      '',
      ';',
      '-- nothing',
      `SELECT ${'1,'.repeat(3_000)}1`,
      ' '.repeat(20_001),
    ]) {
      expect(() => pass(sql), sql.slice(0, 80)).toThrow(/query|function|WITH|semicolon|bracket/);
    }
  });
});

describe('[SQL3] what a query could look at', () => {
  it('is the product of its tables, however they are named', ({ expect }) => {
    const large = new Map([
      ['input1', 6_000],
      ['input2', 6_000],
    ]);
    for (const sql of [
      'SELECT * FROM input1, input2',
      'SELECT * FROM input1 CROSS JOIN "INPUT1"',
      'SELECT * FROM input1 WHERE x = (SELECT max(y) FROM input2)',
      'WITH a AS (SELECT * FROM input1), b AS (SELECT * FROM a) SELECT * FROM a JOIN b',
      'SELECT 1 UNION SELECT * FROM (SELECT * FROM input1, [input2])',
    ]) {
      expect(() => pass(sql, large), sql).toThrow('combinations of rows');
    }
    for (const sql of [
      'SELECT * FROM input1 UNION ALL SELECT * FROM input2 UNION ALL SELECT * FROM input1',
      'WITH a AS (SELECT * FROM input1) SELECT count(*) FROM a',
      'SELECT input1.a, input1.b FROM input1',
    ]) {
      expect(pass(sql, large), sql).toBe(sql);
    }
    const wide = `WITH ${Array.from({ length: 40 }, (_, n) => `c${n} AS (SELECT 1 FROM ${n === 0 ? 'input1' : `c${n - 1}, c${n - 1}`})`).join(', ')} SELECT * FROM c39`;
    expect(() => pass(wide)).toThrow('combinations of rows');
  });
});
