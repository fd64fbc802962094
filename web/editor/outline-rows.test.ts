import { describe, it } from 'vitest';
import type { Workflow, WorkflowNode } from '../../core/graph/document.ts';
import { rowsOf } from './outline-rows.ts';

const node = (id: string, group?: string): WorkflowNode => ({
  id,
  name: id,
  type: 'set',
  version: 1,
  parameters: {},
  position: [0, 0],
  ...(group === undefined ? {} : { group }),
});
const lines = (workflow: Pick<Workflow, 'nodes' | 'groups'>): string[] =>
  rowsOf({ schema: 1, name: '', edges: [], settings: {}, notes: [], pinned: [], ...workflow }).map((row) =>
    row.kind === 'group' ? `${row.group.name} (${row.count})` : `${row.isInside ? '  ' : ''}${row.node.id}`,
  );

describe('the lines of the outline', () => {
  const nodes = [node('a'), node('b', 'g'), node('c'), node('d', 'g'), node('e', 'gone')];

  it('keep what is in a group together', ({ expect }) => {
    expect(lines({ nodes, groups: [{ id: 'g', name: 'G' }] })).toEqual(['a', 'G (2)', '  b', '  d', 'c', 'e']);
  });

  it('leave out what is in a collapsed one', ({ expect }) => {
    const groups = [
      { id: 'g', name: 'G', collapsed: true },
      { id: 'empty', name: 'Empty' },
    ];
    expect(lines({ nodes, groups })).toEqual(['a', 'G (2)', 'c', 'e']);
    expect(lines({ nodes })).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});
