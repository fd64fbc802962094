import * as Y from 'yjs';
import type { Json, JsonObject } from '../data/item.ts';
import type { Edge, Note, Workflow, WorkflowNode } from '../graph/document.ts';
import { edgeKey, type SharedNode, sharedOf } from './shape.ts';

const PARAMETERS = 'parameters';
const json = (value: object): JsonObject => value as JsonObject;

/** Replaces everything in `doc` by `workflow`, in one transaction. */
export function writeWorkflow(doc: Y.Doc, workflow: Workflow, origin?: unknown): void {
  const { meta, nodes, edges, notes, pinned } = sharedOf(doc);
  doc.transact(() => {
    for (const map of [meta, nodes, edges, notes, pinned]) map.clear();
    meta.set('name', workflow.name);
    meta.set('settings', json(workflow.settings));
    if (workflow.foreign) meta.set('foreign', workflow.foreign);
    for (const node of workflow.nodes) nodes.set(node.id, sharedNode(node));
    for (const edge of workflow.edges) edges.set(edgeKey(edge), edge);
    for (const note of workflow.notes) notes.set(note.id, json(note));
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

  /** Adds nodes with edges among them or to others; names that are taken get a number. Returns the names given. */
  add(added: readonly WorkflowNode[], edges: readonly Edge[] = []): string[] {
    const names: string[] = [];
    this.edit((shared) => {
      for (const node of added) {
        const name = this.freeName(node.name);
        names.push(name);
        shared.nodes.set(node.id, sharedNode({ ...node, name }));
      }
      for (const edge of edges) shared.edges.set(edgeKey(edge), edge);
    });
    return names;
  }

  remove(ids: ReadonlySet<string>): void {
    this.edit(({ nodes, edges, pinned, notes }) => {
      for (const [key, { from, to }] of edges) if (ids.has(from.node) || ids.has(to.node)) edges.delete(key);
      for (const id of ids) {
        nodes.delete(id);
        notes.delete(id);
        pinned.delete(id);
      }
    });
  }

  /** Adds a note, or changes the one of its id. */
  putNote(note: Note): void {
    this.edit(({ notes }) => notes.set(note.id, json(note)));
  }

  /** Puts a node into an edge: what it led from leads to the node, and the node's first output to where it led. */
  insert(node: WorkflowNode, edge: Edge): void {
    this.edit((shared) => {
      shared.nodes.set(node.id, sharedNode({ ...node, name: this.freeName(node.name) }));
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

  move(positions: ReadonlyMap<string, readonly [x: number, y: number]>): void {
    this.edit(({ nodes, notes }) => {
      for (const [id, position] of positions) {
        nodes.get(id)?.set('position', [...position]);
        const note = notes.get(id);
        if (note) notes.set(id, { ...note, position: [...position] });
      }
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
    this.edit(({ nodes }) => {
      const node = nodes.get(id);
      if (value === undefined) node?.delete(field);
      else node?.set(field, field === 'name' ? this.freeName(String(value), id) : value);
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

  /** `wanted`, or with the first number behind it that makes it unique among the other nodes. */
  freeName(wanted: string, except?: string): string {
    const taken = new Set<unknown>();
    for (const [id, node] of sharedOf(this.doc).nodes) if (id !== except) taken.add(node.get('name'));
    if (!taken.has(wanted)) return wanted;
    const stem = wanted.replace(/ ?\d+$/, '');
    for (let n = 1; ; n++) if (!taken.has(`${stem} ${n}`)) return `${stem} ${n}`;
  }

  private edit(change: (shared: ReturnType<typeof sharedOf>) => unknown): void {
    this.doc.transact(() => change(sharedOf(this.doc)), this.origin);
  }
}
