import { describe, it } from 'vitest';
import { contradictions, repeatedSteps } from './verify.ts';
import type { View } from './verify.ts';

const arrival = (run: string, step: number, n: number, key = `${run}/${step}`) => ({
  run,
  id: `id-${run}`,
  step,
  key,
  n,
});

function view(recorded: Record<string, number>): View {
  const nodes = Object.entries(recorded).map(([node, n]) => ({
    node,
    status: 'success',
    outputs: [[{ json: { n } }]],
  }));
  // SAFETY: the checks read nothing else of a view.
  return { nodes } as unknown as View;
}

describe('the crash test’s own checks', () => {
  it('[P2] sees a step that ran again after a later one', ({ expect }) => {
    const arrivals = [arrival('a', 1, 1), arrival('a', 2, 2), arrival('a', 1, 3)];
    expect(repeatedSteps(arrivals, new Map())).toEqual(['a step 1 after step 2']);
  });

  it('[P2] sees a step that ran again after the answer that was recorded', ({ expect }) => {
    const arrivals = [arrival('a', 1, 1), arrival('a', 1, 2)];
    expect(repeatedSteps(arrivals, new Map([['a', view({ call1: 1 })]]))).toEqual(['a step 1 after its outcome']);
  });

  it('[P3] lets an effect in doubt be repeated', ({ expect }) => {
    const arrivals = [arrival('a', 1, 1), arrival('a', 1, 2), arrival('a', 2, 3)];
    expect(repeatedSteps(arrivals, new Map([['a', view({ call1: 2, call2: 3 })]]))).toEqual([]);
  });

  it('[P1] [P3] sees two keys of one effect, a missing key, and two runs of one trigger', ({ expect }) => {
    const arrivals = [arrival('a', 1, 1, 'k1'), arrival('a', 1, 2, 'k2'), arrival('b', 1, 3, '')];
    const acknowledged = [{ run: 'c', id: 'id-a', path: 'p' }];
    expect(contradictions(arrivals, acknowledged)).toEqual([
      'keys of a step 1: k1 and k2',
      'no key for b step 1',
      'runs of id-a: a and c',
    ]);
  });
});
