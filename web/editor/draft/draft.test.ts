import { describe, it } from 'vitest';
import { readWorkflow } from '../../../core/collaboration/read.ts';
import { sharedOf } from '../../../core/collaboration/shape.ts';
import type { Edge, Workflow, WorkflowNode } from '../../../core/graph/document.ts';
import { Draft } from './draft.ts';

const node = (id: string): WorkflowNode => ({
  id,
  name: id,
  type: 'no-op',
  version: 1,
  parameters: { text: '' },
  position: [0, 0],
});
const edge = (from: string, to: string): Edge => ({
  from: { node: from, port: 'main', index: 0 },
  to: { node: to, port: 'main', index: 0 },
});
const WORKFLOW: Workflow = {
  schema: 1,
  name: 'W',
  nodes: [node('a'), node('b'), node('c')],
  edges: [edge('a', 'b'), edge('b', 'c')],
  settings: { timezone: 'UTC' },
  notes: [{ id: 'n', text: 'hi', position: [0, 0] }],
  pinned: [{ node: 'c', items: [{ json: {} }] }],
};

describe('a draft', () => {
  it('keeps what an edit did not touch the same object', ({ expect }) => {
    const draft = new Draft(WORKFLOW);
    const before = draft.current();
    draft.edits.setParameter('b', 'text', 'x');
    const after = draft.current();
    expect(after.nodes[1]?.parameters).toEqual({ text: 'x' });
    for (const index of [0, 2]) expect(after.nodes[index]).toBe(before.nodes[index]);
    for (const part of ['edges', 'notes', 'pinned', 'settings'] as const) expect(after[part]).toBe(before[part]);
  });

  it('shows every kind of edit, and taking it back', ({ expect }) => {
    const draft = new Draft(WORKFLOW);
    draft.edits.remove(new Set(['c', 'n']));
    expect(draft.current()).toMatchObject({ edges: [edge('a', 'b')], notes: [], pinned: [] });
    draft.undo.undo();
    expect(draft.current()).toEqual(WORKFLOW);
    draft.edits.connect(edge('a', 'c'));
    draft.edits.pin('a', [{ json: { n: 1 } }]);
    draft.edits.putNote({ id: 'n', text: 'ho', position: [0, 0] });
    expect(draft.current()).toMatchObject({ notes: [{ text: 'ho' }], pinned: [{ node: 'c' }, { node: 'a' }] });
    expect(draft.current().edges).toHaveLength(3);
    draft.replace({ ...WORKFLOW, nodes: [node('z')], edges: [], pinned: [], settings: {} });
    expect(draft.current()).toMatchObject({ nodes: [{ id: 'z' }], edges: [], pinned: [], settings: {} });
  });

  it('shows what one step says as a reading of the whole would, also when it was no step before', ({ expect }) => {
    const draft = new Draft({ ...WORKFLOW, groups: [{ id: 'g', name: 'G' }], nodes: [node('a'), node('b')] });
    const same = (): void => expect(draft.current()).toEqual(readWorkflow(draft.doc));
    draft.edits.setField('a', 'name', 'A');
    same();
    draft.doc.transact(() => sharedOf(draft.doc).nodes.get('b')?.set('group', 'nobody'));
    same();
    draft.doc.transact(() => sharedOf(draft.doc).nodes.get('b')?.delete('type'));
    same();
    expect(draft.current().nodes.map(({ id }) => id)).toEqual(['a']);
    draft.doc.transact(() => sharedOf(draft.doc).nodes.get('b')?.set('type', 'no-op'));
    same();
    expect(draft.current().nodes.map(({ id, name }) => [id, name])).toEqual([
      ['a', 'A'],
      ['b', 'b'],
    ]);
  });

  it('is the same after an edit that changes nothing: there is nothing to save', ({ expect }) => {
    const draft = new Draft(WORKFLOW);
    const before = draft.current();
    draft.edits.setFields([], 'disabled', true);
    draft.edits.remove(new Set(['gone']));
    draft.edits.move(new Map([['gone', [1, 1]]]));
    expect(draft.current()).toBe(before);
  });
});
