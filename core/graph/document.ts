import type { Item, JsonObject } from '../data/item.ts';

/** What happens when a node fails after its retries. Names as in n8n, shortened. */
export type OnError = 'stop' | 'continue' | 'error-output';

export interface Retry {
  /** Attempts in all, the first included. */
  maxTries: number;
  waitMs: number;
  /** Each further wait is multiplied by this (1 = constant). */
  backoff?: number;
  maxWaitMs?: number;
  /** 0..1: share of the wait that is random. */
  jitter?: number;
}

/** Which of our nodes does the work of a node: an HTTP call, fixed items, a workflow, a connector … */
export interface Binding {
  /** Registry type. */
  type: string;
  /** Newest when absent. */
  version?: number;
  parameters: JsonObject;
  /** Those of the node itself when absent. */
  credentials?: JsonObject;
}

export interface WorkflowNode {
  /** Stable and unique in the document; edges refer to it. */
  id: string;
  /** What people and expressions call it; unique too. May be any text, `__proto__` included. */
  name: string;
  /** Registry type such as `set`; an unknown one is kept verbatim and stops a run that reaches it. */
  type: string;
  version: number;
  parameters: JsonObject;
  position: [number, number];
  disabled?: boolean;
  notes?: string;
  onError?: OnError;
  retry?: Retry;
  timeoutMs?: number;
  alwaysOutput?: boolean;
  executeOnce?: boolean;
  /** What to do when an effect may have happened but its outcome was lost (promise P4). */
  inDoubt?: 'retry' | 'ask' | 'fail';
  credentials?: JsonObject;
  webhookId?: string;
  /** Id of the group it is drawn in. */
  group?: string;
  /** Runs in its place; the node itself keeps its type and parameters. */
  binding?: Binding;
  /** What an importer must keep to export the file again unchanged. */
  foreign?: JsonObject;
}

export interface Edge {
  from: { node: string; port: string; index: number };
  to: { node: string; port: string; index: number };
}

export interface Note {
  id: string;
  text: string;
  position: [number, number];
  width?: number;
  height?: number;
  /** A place in the palette, or a colour of its own as `#rgb` or `#rrggbb`. */
  color?: number | string;
  /** Id of the group it is drawn in. */
  group?: string;
}

/** Steps and notes that are drawn together, under a name. It means nothing to a run. */
export interface Group {
  id: string;
  name: string;
  /** What this part of the workflow does. */
  description?: string;
  /** A place in the palette; 0 when absent. */
  color?: number;
  /** Drawn as one card. */
  collapsed?: boolean;
}

/** A key is fixed text or, when it starts with `=`, an expression over the trigger's first item. */
interface RunLimits {
  concurrency?: { limit: number; key?: string };
  rateLimit?: { limit: number; periodMs: number; key?: string };
  debounce?: { delayMs: number; key?: string; maxDelayMs?: number };
  /** Higher starts first; a number or an expression. */
  priority?: number | string;
  idempotencyKey?: string;
}

export interface WorkflowSettings extends RunLimits {
  /** `v1` depth-first by position (native); `v0` breadth-first, only for old n8n files. */
  executionOrder?: 'v1' | 'v0';
  timezone?: string;
  errorWorkflow?: string;
  /** Whole-run wall-clock limit. */
  timeoutMs?: number;
  /** Steps after which a run is stopped as endless; default `DEFAULT_MAX_STEPS`. */
  maxSteps?: number;
}

export interface Workflow {
  schema: 1;
  name: string;
  nodes: WorkflowNode[];
  edges: Edge[];
  settings: WorkflowSettings;
  notes: Note[];
  /** Absent when there are none. */
  groups?: Group[];
  /** Node id → items used instead of running it, in manual runs only. A list: ids may be `__proto__`. */
  pinned: { node: string; items: Item[] }[];
  foreign?: JsonObject;
}
