import * as Y from 'yjs';
import { readNode, readWorkflow } from '../../../core/collaboration/read.ts';
import { sharedOf } from '../../../core/collaboration/shape.ts';
import { DraftEdits, writeWorkflow } from '../../../core/collaboration/write.ts';
import type { Workflow, WorkflowNode } from '../../../core/graph/document.ts';
import { within } from '../../../core/graph/group.ts';
import { historyOf } from './history.ts';

export const MINE = 'mine';

const LISTS = ['edges', 'notes', 'groups', 'pinned'] as const;
type Part = (typeof LISTS)[number] | 'settings';

/** The draft on this page: a shared document, its undo history, and a snapshot for React that keeps what is unchanged. */
export class Draft {
  readonly doc = new Y.Doc();
  readonly edits = new DraftEdits(this.doc, MINE);
  readonly undo: Y.UndoManager;
  private snapshot: Workflow;
  private readonly nodes = new Map<string, WorkflowNode>();
  private readonly stale = new Set<Part>();
  /** Ids of nodes that say something else now. */
  private readonly changed = new Set<string>();
  private readonly listeners = new Set<() => void>();

  constructor(workflow: Workflow) {
    writeWorkflow(this.doc, workflow);
    this.snapshot = readWorkflow(this.doc);
    for (const node of this.snapshot.nodes) this.nodes.set(node.id, node);
    const shared = sharedOf(this.doc);
    this.undo = historyOf(this.doc, MINE);
    shared.nodes.observeDeep((events) => {
      for (const { path, target, keys } of events) {
        if (target !== shared.nodes) {
          this.nodes.delete(String(path[0]));
          this.changed.add(String(path[0]));
          continue;
        }
        for (const id of keys.keys()) this.nodes.delete(id);
        // what leads to a node that is gone, or is pinned to it, is left out
        this.stale.add('edges').add('pinned');
      }
    });
    for (const part of LISTS) shared[part].observe(() => this.stale.add(part));
    shared.meta.observe(() => this.stale.add('settings'));
    this.doc.on('afterTransaction', () => this.refresh());
  }

  /** Replaces everything, as another person's version does; not undone. */
  replace(workflow: Workflow): void {
    this.nodes.clear();
    writeWorkflow(this.doc, workflow, 'server');
    this.undo.clear();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly current = (): Workflow => this.snapshot;

  /** What was not touched stays the same object, so that only what changed is read and drawn again. */
  private refresh(): void {
    // an edit of nothing: a new snapshot would be saved as a new revision
    if (this.stale.size + this.changed.size === 0) return;
    this.snapshot = this.patched() ?? this.reread();
    for (const node of this.snapshot.nodes) this.nodes.set(node.id, node);
    this.stale.clear();
    this.changed.clear();
    for (const listener of this.listeners) listener();
  }

  /** A letter in a step changes that step: the other thousand are not looked at. Undefined when more than steps changed. */
  private patched(): Workflow | undefined {
    if (this.stale.size > 0) return undefined;
    const { nodes } = sharedOf(this.doc);
    const groups = new Set(this.snapshot.groups?.map(({ id }) => id));
    const read = new Map<string, WorkflowNode>();
    for (const id of this.changed) {
      const shared = nodes.get(id);
      const node = shared && readNode(id, shared);
      if (node) read.set(id, within(node, groups));
    }
    let found = 0;
    const patched = this.snapshot.nodes.map((node) => {
      const now = read.get(node.id);
      if (now) found++;
      return now ?? node;
    });
    if (found === this.changed.size) return { ...this.snapshot, nodes: patched };
    // one is a step no more, or was none before: what leads to it goes or comes with it
    this.stale.add('edges').add('pinned');
    return undefined;
  }

  private reread(): Workflow {
    // a membership of a group that goes is left out with it
    if (this.stale.has('groups')) this.stale.add('notes');
    const { edges, notes, groups, pinned, settings } = this.snapshot;
    const parts = { edges, notes, ...(groups ? { groups } : {}), pinned, settings };
    const unchanged = Object.entries(parts).filter(([part]) => !this.stale.has(part as Part));
    return { ...readWorkflow(this.doc, this.nodes), ...Object.fromEntries(unchanged) };
  }
}
