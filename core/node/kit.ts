import type { Item, Json, JsonObject, Outputs } from '../data/item.ts';
import type { Scope } from '../expression/scope.ts';
import type { WorkflowNode } from '../graph/document.ts';
import type { Counts } from '../quota/meters.ts';
import type { Field } from './field.ts';

export type { Field } from './field.ts';

/**
 * What a repeat of an effect may do to the world (promise P4).
 * pure: nothing. idempotent: the same again. keyed: the receiver drops repeats by key.
 * probeable: we can ask whether it happened. unsafe: a repeat is a second effect.
 */
export type EffectClass = 'pure' | 'idempotent' | 'keyed' | 'probeable' | 'unsafe';

/** Something only a host can do. `kind` picks the performer in `workers/executor/effects/<kind>`. */
export interface EffectRequest {
  kind: string;
  class: EffectClass;
  /** Structured-cloneable; each performer documents its shape. */
  payload: JsonObject;
  /** Wall-clock limit for one attempt. */
  timeoutMs?: number;
  /** It tells what it reads while it reads it: for whoever looks on, nothing of it is recorded. */
  tells?: true;
}

export interface EffectFailure {
  code: string;
  message: string;
  /** False stops retries at once (e.g. refused by policy). */
  retryable?: boolean;
  detail?: Json;
  /** What the effect noted about the run before it failed; kept all the same. */
  customData?: JsonObject;
}

/** `usage`: what performing it took, for the tenant's account. */
export type EffectReply = ({ ok: true; value: Json } | { ok: false; error: EffectFailure }) & { usage?: Counts };

/** A reply for the caller that started the run. */
export interface HttpReply {
  status: number;
  headers: [string, string][];
  /** Text, or a file by reference. */
  body: string | { binary: string; mimeType: string } | null;
}

/** Whose data outlives a run: the node's own, or that of the whole workflow. */
export type KeptScope = 'node' | 'global';
/** Data to keep from now on, by scope; recorded together with the step or not at all. */
export type Kept = Partial<Record<KeptScope, JsonObject>>;

/** What a node says happened. Anything thrown is a failure of the step. */
export type StepResult =
  | {
      kind: 'output';
      outputs: Outputs;
      context?: JsonObject;
      reply?: HttpReply;
      /** What it tells the chat that started the run: recorded with the step, at most MAX_SAID_CHARS. */
      say?: string;
      keep?: Kept;
      /** What the node printed, for people who look at the run. */
      logs?: string[];
      /** Facts to note about the run, beside those it has: see `core/engine/custom-data.ts`. */
      customData?: JsonObject;
    }
  | { kind: 'effect'; effect: EffectRequest }
  /** Sleeps until `untilMs` and/or a signal (resume URL, approval, the next message of its chat). On wake `resume` is called. */
  | {
      kind: 'wait';
      untilMs?: number;
      signal?: 'webhook' | 'approval' | 'form' | 'chat';
      detail?: JsonObject;
      reply?: HttpReply;
      say?: string;
    }
  /** Runs other workflows; one child run per entry of `batches`. */
  | {
      kind: 'call';
      /** `inner`: the one written on this node itself. */
      workflow: { id: string } | { inner: true };
      batches: Item[][];
      wait: boolean;
    };

/** What ended a suspension of this step. */
export type Wake =
  | { kind: 'reply'; value: Json }
  | { kind: 'timer' }
  | { kind: 'signal'; items: Item[]; detail?: JsonObject }
  /** Last node's items of each child run, in the order of `batches`. */
  | { kind: 'children'; results: Item[][] };

/** One step as a node sees it. */
export interface StepContext {
  /** Items per main input; null when the input never fired. */
  readonly inputs: readonly (readonly Item[] | null)[];
  /** `inputs[0] ?? []`. */
  readonly items: readonly Item[];
  readonly runIndex: number;
  readonly nowMs: number;
  readonly zone: string;
  /** Data this node kept in this run (loops, counters). Treat as read-only; return a new one in `context`. */
  readonly context: JsonObject;
  /** What the latest run of this workflow kept, whatever its version; `{}` at first. Read-only: return `keep`. */
  kept(scope: KeptScope): JsonObject;
  /** Facts noted about this run so far. */
  readonly customData: JsonObject;
  /** Stable id of this step (run, node, run index): the base of idempotency keys. */
  readonly stepKey: string;
  /** The run's id, and its mode: `production`, `manual`, … */
  readonly execution: { id: string; mode: string };
  /** True when a failing item should become an `{error}` item instead of failing the step. */
  readonly continueOnFail: boolean;
  /** The URL that resumes this step if it waits for a webhook. */
  readonly resumeUrl: string;
  /** Items that entered input 0 in an earlier run of this node. By reference: loops need not keep copies. */
  inputOf(runIndex: number): readonly Item[];
  scope(itemIndex: number): Scope;
  random(): number;
}

/** A parameter made ready: constant, or evaluated per item. */
export interface Param<T = Json> {
  /** The value when it does not depend on the item. */
  readonly constant: boolean;
  at(scope: Scope): T;
}

/** Given to `compile`; reads the node's own parameters with the defaults of its version applied. */
export interface CompileKit {
  readonly node: WorkflowNode;
  /** Number of wired main inputs. */
  readonly inputCount: number;
  /** Parameter by dotted path (own properties only), expressions inside resolved deeply. Missing → `fallback`. */
  param<T extends Json = Json>(path: string, fallback?: T): Param<T>;
  /** Parameter as written, expressions not resolved. */
  raw(path: string): Json | undefined;
  /** Compiles any value from the document the same way. */
  value<T extends Json = Json>(raw: Json | undefined): Param<T>;
}

export interface NodeExecutor {
  /** Number of outputs of this node with these parameters. */
  outputs: number;
  /** How many inputs must have fired before a join that lacks the others may run; default 1. */
  requiredInputs?: number | 'all';
  run(step: StepContext): StepResult;
  /** Called with what ended a suspension; required of nodes that return anything but `output`. */
  resume?(step: StepContext, wake: Wake): StepResult;
  /** Only of triggers with a page of their own: what it shows before there is a run. */
  page?(scope: Scope): JsonObject;
}

type NodeGroup = 'trigger' | 'flow' | 'data' | 'action' | 'code';

interface N8nName {
  type: string;
  versions: readonly number[];
  /** What of it is not as in n8n, always or with these parameters, as a sentence for the import report. */
  differs?: string | ((parameters: JsonObject) => string | undefined);
}

export interface NodeType {
  type: string;
  title: string;
  summary: string;
  group: NodeGroup;
  /** What the app draws for it: the name of a Lucide icon (lucide.dev), such as `table-2`. */
  icon: string;
  /** The n8n type this node stands for, and the versions it honours. */
  n8n?: N8nName & {
    /** Older types that became this one. */
    also?: readonly N8nName[];
  };
  /** The type of credential it cannot do without, where that does not hang on `authentication` alone. */
  credential?(parameters: JsonObject): string | undefined;
  /**
   * Whether a secret variable is of use in a parameter: its value is sent, or the placeholder passed on to where it is
   * (ENV6). Absent: nowhere, and saving a workflow says so.
   */
  usesSecrets?(parameters: JsonObject, parameter: string): boolean;
  /** Newest version: what a new node gets. */
  version: number;
  fields: readonly Field[];
  /** Defaults n8n leaves out of its files, per version. */
  defaults?(version: number): JsonObject;
  /** Only triggers: how the node is started from outside. */
  trigger?: 'manual' | 'webhook' | 'schedule' | 'poll' | 'error' | 'workflow' | 'form' | 'chat';
  inputs?: 0 | 1 | 'many';
  /** Its output holds the reply to whoever started the run. */
  replies?: true;
  compile(kit: CompileKit): NodeExecutor;
}

export const defineNode = (node: NodeType): NodeType => node;

/** A failure a workflow's author can act on. `code` is kebab-case and stable. */
export class NodeError extends Error {
  readonly code: string;
  readonly description: string | undefined;
  readonly itemIndex: number | undefined;
  constructor(code: string, message: string, more: { description?: string; itemIndex?: number } = {}) {
    super(message);
    this.name = 'NodeError';
    this.code = code;
    this.description = more.description;
    this.itemIndex = more.itemIndex;
  }
}
