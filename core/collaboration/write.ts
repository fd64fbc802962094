import * as Y from 'yjs';
import type { Json, JsonObject } from '../data/item.ts';
import type { Edge, Group, Note, Workflow, WorkflowNode } from '../graph/document.ts';
import { edgeKey, type Shared, type SharedNode, sharedOf } from './shape.ts';

const PARAMETERS = 'parameters';
const json = (value: object): JsonObject => value as JsonObject;

/** Replaces everything in `doc` by `workflow`, in one transaction. */
export function writeWorkflow(doc: Y.Doc, workflow: Workflow, origin?: unknown): void {
  const { meta, nodes, edges, notes, groups, pinned } = sharedOf(doc);
  doc.transact(() => {
    for (const map of [meta, nodes, edges, notes, groups, pinned]) map.clear();
    meta.set('name', workflow.name);
    meta.set('settings', json(workflow.settings));
    if (workflow.foreign) meta.set('foreign', workflow.foreign);
    for (const node of workflow.nodes) nodes.set(node.id, sharedNode(node));
    for (const edge of workflow.edges) edges.set(edgeKey(edge), edge);
    for (const note of workflow.notes) notes.set(note.id, json(note));
    for (const group of workflow.groups ?? []) groups.set(group.id, json(group));
    for (const { node, items } of workflow.pinned) pinned.set(node, items);
  }, origin);
}

function sharedNode(node: WorkflowNode): SharedNode {
  const shared: SharedNode = new Y.Map();
  for (const [key, value] of Object.entries(node)) {
    if (key === PARAMETERS) shared.set(PARAMETERS, new Y.Map<Json>(Object.entries(node.parameters)));
    else if (value !== undefined) shared.set(key, value as Json);
  }
  return shared;
}

/** What people do to a draft. Every call is one transaction of `origin`, hence one step of that person's undo. */
export class DraftEdits {
  private readonly doc: Y.Doc;
  private readonly origin: unknown;

  constructor(doc: Y.Doc, origin: unknown) {
    this.doc = doc;
    this.origin = origin;
  }

  rename(name: string): void {
    this.edit(({ meta }) => meta.set('name', name));
  }

  /** In which zone the workflow's clocks go (COL10). */
  setZone(timezone: string): void {
    this.edit(({ meta }) => {
      const before = meta.get('settings');
      const settings = typeof before === 'object' && before !== null && !Array.isArray(before) ? before : {};
      meta.set('settings', { ...settings, timezone });
    });
  }

  /**
   * Adds nodes with edges among them or to others, and what else came with them; names that are taken get a number.
   * Returns the names given.
   */
  add(
    added: readonly WorkflowNode[],
    edges: readonly Edge[] = [],
    { notes = [], groups = [] }: Partial<Pick<Workflow, 'notes' | 'groups'>> = {},
  ): string[] {
    const names: string[] = [];
    this.edit((shared) => {
      for (const note of notes) shared.notes.set(note.id, json(note));
      for (const group of groups) shared.groups.set(group.id, json(group));
      const taken = new Names(shared);
      for (const node of added) {
        const name = taken.take(node.name);
        names.push(name);
        shared.nodes.set(node.id, sharedNode({ ...node, name }));
      }
      for (const edge of edges) shared.edges.set(edgeKey(edge), edge);
    });
    return names;
  }

  /** Takes nodes, notes and, with all that is in them, groups away. */
  remove(chosen: ReadonlySet<string>): void {
    this.edit((shared) => {
      const { nodes, edges, pinned, notes, groups } = shared;
      const ids = new Set(chosen);
      for (const id of membersOf(shared, chosen)) ids.add(id);
      for (const [key, { from, to }] of edges) if (ids.has(from.node) || ids.has(to.node)) edges.delete(key);
      for (const id of ids) {
        nodes.delete(id);
        notes.delete(id);
        pinned.delete(id);
        groups.delete(id);
      }
      dropEmpty(shared);
    });
  }

  /** Puts nodes and notes into a group of their own; what was in another leaves it. */
  group(ids: Iterable<string>, group: Group): void {
    this.edit((shared) => {
      shared.groups.set(group.id, json(group));
      for (const id of ids) setGroup(shared, id, group.id);
      dropEmpty(shared);
    });
  }

  /** Changes a group's name, colour or whether it is collapsed. */
  putGroup(group: Group): void {
    this.edit(({ groups }) => groups.set(group.id, json(group)));
  }

  /** Takes nodes and notes out of their groups. A group nobody is left in goes. */
  leave(ids: Iterable<string>): void {
    this.edit((shared) => {
      for (const id of ids) setGroup(shared, id, undefined);
      dropEmpty(shared);
    });
  }

  /** Takes a group away and leaves what was in it. */
  ungroup(id: string): void {
    this.edit((shared) => {
      for (const member of membersOf(shared, new Set([id]))) setGroup(shared, member, undefined);
      shared.groups.delete(id);
    });
  }

  /** Changes some of what a note says, and leaves the rest as it is by now. A note that is gone does not come back. */
  changeNote(id: string, change: Partial<Omit<Note, 'id'>>): void {
    this.edit(({ notes }) => {
      const note = notes.get(id);
      if (note) notes.set(id, { ...note, ...json(change) });
    });
  }

  /** Adds a note, or replaces the one of its id. */
  putNote(note: Note): void {
    this.edit(({ notes }) => notes.set(note.id, json(note)));
  }

  /**
   * Puts a node into an edge: what it led from leads to the node, and the node's first output to where it led. Between
   * two of one group it is in that group.
   */
  insert(node: WorkflowNode, edge: Edge): void {
    this.edit((shared) => {
      const [group, other] = [edge.from, edge.to].map((end) => shared.nodes.get(end.node)?.get('group'));
      const own = typeof group === 'string' && group === other ? { group } : {};
      shared.nodes.set(node.id, sharedNode({ ...node, ...own, name: new Names(shared).take(node.name) }));
      shared.edges.delete(edgeKey(edge));
      const place = { node: node.id, port: 'main', index: 0 };
      for (const each of [
        { from: edge.from, to: place },
        { from: place, to: edge.to },
      ]) {
        shared.edges.set(edgeKey(each), each);
      }
    });
  }

  /** Puts nodes and notes elsewhere, and those in `groups` into one that exists, or out of theirs. */
  move(
    positions: ReadonlyMap<string, readonly [x: number, y: number]>,
    groups: ReadonlyMap<string, string | undefined> = new Map(),
  ): void {
    this.edit((shared) => {
      const { nodes, notes } = shared;
      for (const [id, position] of positions) {
        nodes.get(id)?.set('position', [...position]);
        const note = notes.get(id);
        if (note) notes.set(id, { ...note, position: [...position] });
      }
      for (const [id, group] of groups) {
        if (group === undefined || shared.groups.has(group)) setGroup(shared, id, group);
      }
      if (groups.size > 0) dropEmpty(shared);
    });
  }

  connect(edge: Edge): void {
    this.edit(({ edges }) => edges.set(edgeKey(edge), edge));
  }

  disconnect(keys: Iterable<string>): void {
    this.edit(({ edges }) => {
      for (const key of keys) edges.delete(key);
    });
  }

  /** Sets a field of a node, or takes it away with `undefined`. */
  setField(id: string, field: Exclude<keyof WorkflowNode, 'id' | 'parameters'>, value: Json | undefined): void {
    this.edit((shared) => {
      const node = shared.nodes.get(id);
      if (value === undefined) node?.delete(field);
      else node?.set(field, field === 'name' ? new Names(shared, id).take(String(value)) : value);
    });
  }

  /** Sets the same of several nodes. */
  setFields(ids: Iterable<string>, field: 'disabled', value: Json | undefined): void {
    this.edit(() => {
      for (const id of ids) this.setField(id, field, value);
    });
  }

  setParameter(id: string, name: string, value: Json | undefined): void {
    this.edit(({ nodes }) => {
      const parameters = nodes.get(id)?.get(PARAMETERS);
      if (!(parameters instanceof Y.Map)) return;
      if (value === undefined) parameters.delete(name);
      else parameters.set(name, value);
    });
  }

  /** Replaces all parameters; those that stay the same are not touched, so that others' edits of them survive. */
  setParameters(id: string, next: JsonObject): void {
    this.edit(({ nodes }) => {
      const parameters = nodes.get(id)?.get(PARAMETERS);
      if (!(parameters instanceof Y.Map)) return;
      for (const name of parameters.keys()) if (!Object.hasOwn(next, name)) parameters.delete(name);
      for (const [name, value] of Object.entries(next)) {
        if (JSON.stringify(parameters.get(name)) !== JSON.stringify(value)) parameters.set(name, value);
      }
    });
  }

  pin(id: string, items: Workflow['pinned'][number]['items'] | undefined): void {
    this.edit(({ pinned }) => (items ? pinned.set(id, items) : pinned.delete(id)));
  }

  private edit(change: (shared: Shared) => unknown): void {
    this.doc.transact(() => change(sharedOf(this.doc)), this.origin);
  }
}

/** Names of nodes, read once for all that are added: thousands come at once when a workflow is pasted. */
class Names {
  private readonly taken = new Set<unknown>();
  /** By stem, the number below which all are taken. */
  private readonly next = new Map<string, number>();

  constructor({ nodes }: Shared, except?: string) {
    for (const [id, node] of nodes) if (id !== except && node instanceof Y.Map) this.taken.add(node.get('name'));
  }

  /** `wanted`, or with the first number behind it that makes it unique; taken from then on. */
  take(wanted: string): string {
    const name = this.taken.has(wanted) ? this.numbered(wanted.replace(/ ?\d+$/, '')) : wanted;
    this.taken.add(name);
    return name;
  }

  private numbered(stem: string): string {
    let number = this.next.get(stem) ?? 1;
    while (this.taken.has(`${stem} ${number}`)) number++;
    this.next.set(stem, number);
    return `${stem} ${number}`;
  }
}

/** Ids of what is in any of these groups. */
function membersOf({ nodes, notes }: Shared, groups: ReadonlySet<string>): string[] {
  const isIn = (group: unknown): boolean => typeof group === 'string' && groups.has(group);
  return [
    ...[...nodes].filter(([, node]) => node instanceof Y.Map && isIn(node.get('group'))),
    ...[...notes].filter(([, note]) => isIn(note['group'])),
  ].map(([id]) => id);
}

function setGroup({ nodes, notes }: Shared, id: string, group: string | undefined): void {
  const node = nodes.get(id);
  if (group === undefined) node?.delete('group');
  else node?.set('group', group);
  const note = notes.get(id);
  if (!note) return;
  const { group: _group, ...rest } = note;
  notes.set(id, group === undefined ? rest : { ...rest, group });
}

function dropEmpty(shared: Shared): void {
  if (shared.groups.size === 0) return;
  const used = new Set<unknown>([...shared.notes.values()].map((note) => note['group']));
  for (const node of shared.nodes.values()) if (node instanceof Y.Map) used.add(node.get('group'));
  for (const id of shared.groups.keys()) if (!used.has(id)) shared.groups.delete(id);
}
