import { describe, it } from 'vitest';
import type { Json, JsonObject } from '../../data/item.ts';
import type { Kept } from '../../node/kit.ts';
import { compileFor, runNode } from '../testing.ts';
import { digest } from './digest.ts';
import { node } from './index.ts';

/** Runs after each other, each with what the ones before kept. */
function runs(parameters: JsonObject, kept: Kept = {}) {
  let now = kept;
  const run = (...values: Json[]): Json[][] => {
    const result = runNode(node, {
      parameters: { operation: 'removeItemsSeenInPreviousExecutions', dedupeValue: '={{ $json.v }}', ...parameters },
      items: values.map((v) => ({ v })),
      kept: now,
    });
    if (result.kind !== 'output') throw new Error(result.kind);
    now = { ...now, ...result.keep };
    return result.outputs.map((items) => (items ?? []).map(({ json }) => json['v'] ?? null));
  };
  return { run, kept: () => now };
}

describe('remove duplicates across runs', () => {
  it('[DUP2] keeps values that no earlier run had', ({ expect }) => {
    const { run } = runs({});
    expect(run('a', 'b', 'a')).toEqual([['a', 'b', 'a'], []]);
    expect(run('b', 'c', 7)).toEqual([['c', 7], ['b']]);
    expect(run(7, '7', 'x'.repeat(100))).toEqual([['x'.repeat(100)], [7, '7']]);
    expect(run('x'.repeat(100), 'x'.repeat(101))).toEqual([['x'.repeat(101)], ['x'.repeat(100)]]);
    expect(run()).toEqual([[], []]);
    expect(compileFor(node, { parameters: { operation: 'removeItemsSeenInPreviousExecutions' } }).outputs).toBe(2);
  });

  it('[DUP2] keeps what is higher or later than ever before', ({ expect }) => {
    const higher = runs({ logic: 'removeItemsUpToStoredIncrementalKey', incrementalDedupeValue: '={{ $json.v }}' });
    expect(higher.run(3, '5', 4)).toEqual([[3, '5', 4], []]);
    expect(higher.run(5, 6, -1)).toEqual([[6], [5, -1]]);
    expect(() => higher.run('many')).toThrow("'many' is not a number");
    const later = runs({ logic: 'removeItemsUpToStoredDate', dateDedupeValue: '={{ $json.v }}' });
    expect(later.run('2026-01-02', '2026-01-01')[0]).toHaveLength(2);
    expect(later.run('2026-01-02T00:00:00.001', '2026-01-01')).toEqual([['2026-01-02T00:00:00.001'], ['2026-01-01']]);
    expect(() => later.run('soon')).toThrow("'soon' is not a date");
  });

  it('[DUP3] remembers as many as asked, the ones seen last', ({ expect }) => {
    const { run } = runs({ options: { historySize: 2 } });
    run('a', 'b');
    run('a');
    expect(run('c')).toEqual([['c'], []]);
    expect(run('a', 'b')).toEqual([['b'], ['a']]);
    expect(() => runs({ options: { historySize: 'all' } }).run('a')).toThrow('not a number of values');
    const many = runs({ options: { historySize: 1_000_000 } });
    many.run(...Array.from({ length: 16_000 }, (_, n) => `${'long value '.repeat(9)}${n}`));
    expect(JSON.stringify(many.kept()).length).toBeLessThan(1024 * 1024);
  });

  it('[DUP4] keeps apart by node, or shares in the workflow, beside static data; and forgets when told', ({
    expect,
  }) => {
    const own = runs({}, { global: { cursor: 1 } });
    own.run('a');
    expect(own.kept().global).toEqual({ cursor: 1 });
    const shared = runs({ options: { scope: 'workflow' } }, { global: { cursor: 1 }, node: { mine: true } });
    shared.run('a');
    expect(shared.kept()).toMatchObject({ global: { cursor: 1 }, node: { mine: true } });
    expect(shared.run('a')).toEqual([[], ['a']]);
    const clear = runNode(node, {
      parameters: { operation: 'clearDeduplicationHistory', options: { scope: 'workflow' } },
      items: [{ v: 'a' }],
      kept: shared.kept(),
    });
    expect(clear).toMatchObject({ outputs: [[{ json: { v: 'a' } }]], keep: { global: { cursor: 1 } } });
    const after = runs({ options: { scope: 'workflow' } }, clear.kind === 'output' ? clear.keep : {});
    expect(after.run('a')).toEqual([['a'], []]);
  });

  it('[DUP2] refuses items without a value, and comparisons it does not know', ({ expect }) => {
    expect(() => runs({ dedupeValue: '={{ $json.none }}' }).run('a')).toThrow('The value to compare by is missing');
    expect(() => runs({ logic: 'byMood' }).run('a')).toThrow('cannot keep items by "byMood"');
    expect(() => compileFor(node, { parameters: { operation: 'dance' } })).toThrow('has no operation "dance"');
  });

  it('[DUP3] names of long values do not meet', ({ expect }) => {
    const names = new Set(Array.from({ length: 50_000 }, (_, n) => digest(`${'x'.repeat(60)}${n}`)));
    expect(names.size).toBe(50_000);
    expect(digest('=short')).not.toBe(digest('short'));
  });
});
