import * as Y from 'yjs';
import { readWorkflow } from '../../../core/collaboration/read.ts';
import { sharedOf } from '../../../core/collaboration/shape.ts';
import { DraftEdits, writeWorkflow } from '../../../core/collaboration/write.ts';
import type { Workflow, WorkflowNode } from '../../../core/graph/document.ts';

/** Edits closer together than this are one step of undo. */
const UNDO_MS = 400;
export const MINE = 'mine';

/** The draft on this page: a shared document, its undo history, and a snapshot for React that keeps what is unchanged. */
export class Draft {
  readonly doc = new Y.Doc();
  readonly edits = new DraftEdits(this.doc, MINE);
  readonly undo: Y.UndoManager;
  private snapshot: Workflow;
  private readonly nodes = new Map<string, WorkflowNode>();
  private readonly listeners = new Set<() => void>();

  constructor(workflow: Workflow) {
    writeWorkflow(this.doc, workflow);
    this.snapshot = readWorkflow(this.doc);
    for (const node of this.snapshot.nodes) this.nodes.set(node.id, node);
    const shared = sharedOf(this.doc);
    this.undo = new Y.UndoManager(Object.values(shared), {
      trackedOrigins: new Set([MINE]),
      captureTimeout: UNDO_MS,
    });
    shared.nodes.observeDeep((events) => {
      for (const { path, target, keys } of events) {
        if (target !== shared.nodes) this.nodes.delete(String(path[0]));
        else for (const id of keys.keys()) this.nodes.delete(id);
      }
    });
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

  /** Nodes that were not touched stay the same objects, so that only what changed is drawn again. */
  private refresh(): void {
    const next = readWorkflow(this.doc);
    next.nodes = next.nodes.map((node) => {
      const known = this.nodes.get(node.id);
      if (known) return known;
      this.nodes.set(node.id, node);
      return node;
    });
    this.snapshot = next;
    for (const listener of this.listeners) listener();
  }
}
