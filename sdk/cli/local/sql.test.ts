import { describe, it } from 'vitest';
import { performSql } from './sql.ts';

describe('[SQL4] a query on this machine', () => {
  it('answers as on a server', ({ expect }) => {
    const inputs = [
      [{ id: 1, tags: ['x'], here: true }],
      [
        { of: 1, n: 2 },
        { of: 1, n: 3 },
      ],
    ];
    const query = 'SELECT id, tags, here, sum(n) AS n FROM input1 JOIN input2 ON id = of GROUP BY id';
    expect(performSql({ query, inputs })).toEqual({
      ok: true,
      value: { rows: [{ id: 1, tags: ['x'], here: true, n: 5 }] },
    });
    expect(performSql({ query: 'DROP TABLE input1', inputs })).toMatchObject({
      ok: false,
      error: { code: 'sql-refused' },
    });
    expect(performSql({ query: 'SELECT nobody', inputs })).toMatchObject({
      ok: false,
      error: { code: 'sql-failed', message: 'no such column: nobody' },
    });
    expect(performSql({ query: 'SELECT * FROM input1', inputs: [[]] })).toEqual({ ok: true, value: { rows: [] } });
  });
});
