import { describe, it } from 'vitest';
import type { Ports } from '../canvas/node-types.ts';
import { problemsOf } from './problems-of.ts';

const node = (id: string, disabled = false) => ({
  id,
  name: id,
  type: 'set',
  version: 1,
  parameters: {},
  position: [0, 0] as [number, number],
  disabled,
});

describe('what is wrong with steps', () => {
  it('is why they cannot run, else the first of what is wrong in their forms; nothing for those switched off', ({
    expect,
  }) => {
    const problem = (message: string) => ({ pointer: '/a', code: 'missing' as const, message });
    const expression = { pointer: '/b', code: 'expression' as const, message: 'Unreadable.' };
    const ports = new Map<string, unknown>([
      ['a', { id: 'a', outputs: 1, fault: { code: 'x', message: 'Cannot.' }, problems: [problem('Missing.')] }],
      ['b', { id: 'b', outputs: 1, problems: [problem('First.'), problem('Second.')] }],
      ['c', { id: 'c', outputs: 1, problems: [problem('Off.')] }],
      ['e', { id: 'e', outputs: 1, problems: [expression] }],
      ['gone', { id: 'gone', outputs: 1, problems: [problem('Gone.')] }],
    ]) as Ports;
    const nodes = [node('a'), node('b'), node('c', true), node('d'), node('e')];
    const workflow = { schema: 1 as const, name: '', nodes, edges: [], settings: {}, notes: [], pinned: [] };
    expect([...problemsOf(workflow, ports)]).toEqual([
      ['a', { node: nodes[0], message: 'Cannot.' }],
      ['b', { node: nodes[1], message: 'First.', missing: '/a' }],
      ['e', { node: nodes[4], message: 'Unreadable.' }],
    ]);
    expect(problemsOf(workflow, undefined).size).toBe(0);
  });
});
