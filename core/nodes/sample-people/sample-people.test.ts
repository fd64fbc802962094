import { describe, it } from 'vitest';
import { jsonOf } from '../testing.ts';
import { node } from './index.ts';

const count = (parameters: object, items = [{}]): number | undefined =>
  jsonOf(node, { parameters: { ...parameters }, items })[0]?.length;

describe('sample-people', () => {
  it('[SMP1] gives some, all or one, once for each item', ({ expect }) => {
    expect([count({}), count({ limit: 2 }), count({ limit: 2, returnAll: true })]).toEqual([5, 2, 5]);
    expect([count({ operation: 'getOnePerson' }), count({ limit: 3 }, [{}, {}])]).toEqual([1, 6]);
    expect(() => count({ operation: 'delete' })).toThrow('no operation "delete"');
  });
});
