import { describe, it } from 'vitest';
import { gate } from '../../../core/sql/gate.ts';

const SIZES = new Map([['input1', 3_000]]);

// SQLite needs no RECURSIVE to recurse, reads WITH's queries in any order, and takes a quoted text for a table's name:
// each of them got a query past the bound on what it may look at, and one such query held the process.
describe('[SQL2][SQL3] a query', () => {
  it('does not recurse without the word', ({ expect }) => {
    for (const sql of [
      'WITH c(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM c) SELECT count(*) FROM c',
      'WITH c AS (SELECT 1 AS n UNION SELECT n+1 FROM input1 JOIN "C") SELECT * FROM c',
      'WITH c AS (SELECT 1 AS n UNION SELECT n+1 FROM input1, [c] x) SELECT * FROM c',
      'WITH c AS (SELECT 1 AS n UNION SELECT n+1 FROM (c)) SELECT * FROM c',
      'WITH c AS (SELECT 1 AS n UNION SELECT 2 WHERE 1 IN c) SELECT * FROM c',
      'WITH c AS (SELECT 1 AS n UNION SELECT n FROM (SELECT n FROM c)) SELECT * FROM c',
      'WITH c AS (SELECT 1 AS n UNION SELECT 1 FROM input1 a JOIN input1 b ON a.n = b.n, c) SELECT * FROM c',
      'WITH c AS (SELECT 1 AS n UNION SELECT 1 FROM input1 a JOIN input1 b USING (n), c) SELECT * FROM c',
      'WITH c AS (SELECT 1 AS n UNION SELECT 1 FROM input1 a JOIN input1 b ON CASE WHEN 1 THEN 1 END, c) SELECT 1',
      'WITH c AS (SELECT 1 AS n UNION SELECT 1 FROM ((input1), (c))) SELECT * FROM c',
    ]) {
      expect(() => gate(sql, SIZES), sql).toThrow(/before it is defined/);
    }
  });

  it('does not look ahead of what is counted', ({ expect }) => {
    const ahead = 'WITH a AS (SELECT * FROM b), b AS (SELECT * FROM input1 x, input1 y) SELECT * FROM a, a';
    expect(() => gate(ahead, SIZES)).toThrow(/before it is defined/);
  });

  it('names tables by names', ({ expect }) => {
    const list = Array.from({ length: 6 }, (_, n) => `'input1' t${n}`).join(', ');
    expect(() => gate(`SELECT count(*) FROM ${list}`, SIZES)).toThrow(/double quotes/);
    expect(() => gate("SELECT 1 FROM input1 JOIN 'input1'", SIZES)).toThrow(/double quotes/);
    expect(() => gate("SELECT 1 WHERE 1 IN 'input1'", SIZES)).toThrow(/double quotes/);
  });

  it('may call a column like the query it is in', ({ expect }) => {
    for (const sql of [
      'WITH total AS (SELECT sum(n) AS total FROM input1) SELECT total FROM total',
      'WITH c AS (SELECT 1 FROM input1 a JOIN input1 b ON (c = 1) AND max(c, 2) WHERE abs(c) > 1) SELECT * FROM c',
      'WITH a AS (SELECT n, a FROM input1 WHERE a IN (1, 2)), b AS (SELECT * FROM a JOIN input1 b ON b.n = a.n) SELECT * FROM b',
      "SELECT 'x', \"n\" FROM input1 WHERE n IN ('a', 'b') AND 'c' = n ORDER BY n, 'd'",
    ]) {
      expect(gate(sql, SIZES)).toBe(sql);
    }
  });
});
