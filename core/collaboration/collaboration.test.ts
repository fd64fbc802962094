import { describe, it } from 'vitest';
import * as Y from 'yjs';
import type { Json, JsonObject } from '../data/item.ts';
import type { Workflow, WorkflowNode } from '../graph/document.ts';
import { readWorkflow } from './read.ts';
import { edgeKey, sharedOf } from './shape.ts';
import { DraftEdits, writeWorkflow } from './write.ts';

const node = (id: string, parameters: JsonObject = {}): WorkflowNode => ({
  id,
  name: id,
  type: 'set',
  version: 3.4,
  parameters,
  position: [0, 0],
});
const edge = (from: string, to: string): Workflow['edges'][number] => ({
  from: { node: from, port: 'main', index: 0 },
  to: { node: to, port: 'main', index: 0 },
});
const hostile = JSON.parse('{"__proto__":{"a":1},"constructor":"x"}') as JsonObject;
const workflow: Workflow = {
  schema: 1,
  name: 'one',
  nodes: [node('__proto__', hostile), { ...node('b'), disabled: true, foreign: { kept: [1] } }],
  edges: [edge('__proto__', 'b')],
  settings: { timezone: 'Europe/Berlin' },
  notes: [{ id: 'n', text: 'hi', position: [1, 2], group: 'g' }],
  groups: [{ id: 'g', name: '__proto__', color: 2, collapsed: true }],
  pinned: [{ node: 'b', items: [{ json: { a: 1 } }] }],
  foreign: { meta: true },
};
const fresh = (): { doc: Y.Doc; edits: DraftEdits } => {
  const doc = new Y.Doc();
  writeWorkflow(doc, workflow);
  return { doc, edits: new DraftEdits(doc, 'me') };
};
const sync = (from: Y.Doc, to: Y.Doc): void => Y.applyUpdate(to, Y.encodeStateAsUpdate(from));

describe('the shared document', () => {
  it('[COL1] gives back what was written, whatever the names', ({ expect }) => {
    const { doc } = fresh();
    expect(readWorkflow(doc)).toEqual(workflow);
    const copy = new Y.Doc();
    sync(doc, copy);
    const read = readWorkflow(copy);
    expect(JSON.stringify(read.nodes[0]?.parameters)).toBe(JSON.stringify(hostile));
    expect(({} as { a?: number }).a).toBeUndefined();
  });

  it('[COL2] merges edits of different parameters of one node', ({ expect }) => {
    const { doc } = fresh();
    const other = new Y.Doc();
    sync(doc, other);
    new DraftEdits(doc, 'me').setParameter('b', 'mine', 1);
    new DraftEdits(other, 'them').setParameter('b', 'theirs', 2);
    new DraftEdits(other, 'them').setField('b', 'notes', 'seen');
    sync(doc, other);
    sync(other, doc);
    expect(readWorkflow(doc).nodes[1]).toMatchObject({ parameters: { mine: 1, theirs: 2 }, notes: 'seen' });
    expect(readWorkflow(other)).toEqual(readWorkflow(doc));
  });

  it('[COL6] puts a node into an edge, in one step', ({ expect }) => {
    const doc = new Y.Doc();
    writeWorkflow(doc, { ...workflow, nodes: [node('a'), node('b')], edges: [edge('a', 'b')], pinned: [] });
    const undo = new Y.UndoManager(Object.values(sharedOf(doc)), { trackedOrigins: new Set(['me']) });
    new DraftEdits(doc, 'me').insert({ ...node('c'), name: 'a' }, edge('a', 'b'));
    const after = readWorkflow(doc);
    expect(after.edges.map(edgeKey).sort()).toEqual([edge('a', 'c'), edge('c', 'b')].map(edgeKey).sort());
    expect(after.nodes.map(({ name }) => name)).toContain('a 1');
    undo.undo();
    expect(readWorkflow(doc).edges).toEqual([edge('a', 'b')]);
    const edits = new DraftEdits(doc, 'me');
    edits.group(['a', 'b'], { id: 'g', name: 'G' });
    edits.insert(node('d'), edge('a', 'b'));
    expect(readWorkflow(doc).nodes.map(({ group }) => group)).toEqual(['g', 'g', 'g']);
  });

  it('[COL3] takes edges and pinned data away with their node', ({ expect }) => {
    const { doc, edits } = fresh();
    edits.remove(new Set(['b']));
    expect(readWorkflow(doc)).toMatchObject({ edges: [], pinned: [] });
    const { doc: second } = fresh();
    const undo = new Y.UndoManager(Object.values(sharedOf(second)), { trackedOrigins: new Set(['me']) });
    new DraftEdits(second, 'me').remove(new Set(['b']));
    undo.undo();
    const again = readWorkflow(second);
    expect(again.edges.map(edgeKey)).toEqual(workflow.edges.map(edgeKey));
    expect(again.pinned).toEqual(workflow.pinned);
  });

  it('[COL10] chooses the time zone and leaves the other settings', ({ expect }) => {
    const { doc, edits } = fresh();
    sharedOf(doc).meta.set('settings', { timezone: 'Europe/Berlin', timeoutMs: 5_000 });
    edits.setZone('Asia/Tokyo');
    expect(readWorkflow(doc).settings).toEqual({ timezone: 'Asia/Tokyo', timeoutMs: 5_000 });
    sharedOf(doc).meta.set('settings', 'broken');
    edits.setZone('UTC');
    expect(readWorkflow(doc).settings).toEqual({ timezone: 'UTC' });
  });

  it('[COL4] leaves out what a peer wrote that cannot be', ({ expect }) => {
    const { doc } = fresh();
    const { nodes, edges } = sharedOf(doc);
    nodes.set('odd', 7 as never);
    nodes.set('half', new Y.Map<Json | Y.Map<Json>>([['name', 'half']]));
    edges.set('x', edge('b', 'nowhere'));
    edges.set('y', 'text' as never);
    expect(readWorkflow(doc)).toEqual(workflow);
  });

  it('[COL5] keeps names unique', ({ expect }) => {
    const { doc, edits } = fresh();
    expect(
      edits.add(
        [
          { ...node('c'), name: 'b' },
          { ...node('d'), name: 'b' },
        ],
        [edge('b', 'c')],
      ),
    ).toEqual(['b 1', 'b 2']);
    edits.setField('d', 'name', 'b');
    edits.setField('d', 'name', 'b 2');
    expect(readWorkflow(doc).nodes.map(({ name }) => name)).toEqual(['__proto__', 'b', 'b 1', 'b 2']);
  });

  it('[COL5] keeps the names of a large workflow that is pasted twice unique before anybody waits', ({ expect }) => {
    const { doc, edits } = fresh();
    const copies = (of: string) => Array.from({ length: 4_000 }, (_, at) => ({ ...node(of + at), name: `Step ${at}` }));
    edits.add(copies('c'));
    const began = performance.now();
    edits.add(copies('d'));
    // read name by name this takes a minute
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(new Set(readWorkflow(doc).nodes.map(({ name }) => name)).size).toBe(8_002);
  });

  it('[COL9] changes what is meant of a note, whatever it says by now, and brings back none that is gone', ({
    expect,
  }) => {
    const { doc, edits } = fresh();
    const drawn = { id: 'n', text: 'a', position: [0, 0] as [number, number], color: 3 };
    edits.putNote(drawn);
    edits.changeNote(drawn.id, { text: 'all of it' });
    edits.changeNote(drawn.id, { width: 300 });
    expect(readWorkflow(doc).notes).toContainEqual({ ...drawn, text: 'all of it', width: 300 });
    edits.remove(new Set([drawn.id]));
    edits.changeNote(drawn.id, { text: 'still typed' });
    expect(readWorkflow(doc).notes.map(({ id }) => id)).not.toContain(drawn.id);
  });

  it('[COL7] merges who is in a group with edits of it, and forgets a group that is gone', ({ expect }) => {
    const { doc, edits } = fresh();
    const other = new Y.Doc();
    sync(doc, other);
    edits.group(['b'], { id: 'h', name: 'Mine' });
    new DraftEdits(other, 'them').setParameter('b', 'theirs', 2);
    sync(other, doc);
    sync(doc, other);
    expect(readWorkflow(other).nodes[1]).toMatchObject({ group: 'h', parameters: { theirs: 2 } });
    edits.ungroup('h');
    new DraftEdits(other, 'them').group(['__proto__'], { id: 'h', name: 'Mine' });
    new DraftEdits(other, 'them').putGroup({ id: 'h', name: 'Theirs' });
    sync(other, doc);
    sharedOf(doc).groups.delete('h');
    expect(readWorkflow(doc).nodes.map(({ group }) => group)).toEqual([undefined, undefined]);
  });

  it('[COL8] removes a group with what is in it, ungroups, and drops a group that is empty', ({ expect }) => {
    const { doc, edits } = fresh();
    const undo = new Y.UndoManager(Object.values(sharedOf(doc)), { trackedOrigins: new Set(['me']) });
    edits.group(['b', 'n'], { id: 'h', name: 'Two' });
    expect(readWorkflow(doc)).toMatchObject({
      groups: [{ id: 'h', name: 'Two' }],
      nodes: [{}, { group: 'h' }],
      notes: [{ group: 'h' }],
    });
    undo.stopCapturing();
    edits.ungroup('h');
    expect(readWorkflow(doc).groups).toBeUndefined();
    expect(readWorkflow(doc).notes).toEqual([{ id: 'n', text: 'hi', position: [1, 2] }]);
    undo.undo();
    undo.stopCapturing();
    edits.remove(new Set(['h']));
    expect(readWorkflow(doc)).toMatchObject({ nodes: [{ id: '__proto__' }], notes: [], pinned: [] });
    expect(readWorkflow(doc).groups).toBeUndefined();
    undo.undo();
    edits.leave(['b']);
    expect(readWorkflow(doc).groups).toHaveLength(1);
    edits.leave(['n']);
    expect(readWorkflow(doc).groups).toBeUndefined();
  });
});
