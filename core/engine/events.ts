import type { Item, JsonObject } from '../data/item.ts';
import type { EffectClass, Wake } from '../node/kit.ts';
import type { Counts } from '../quota/meters.ts';
import type { PackedOutputs } from './pack.ts';

/** Version of everything in this file. A released version keeps replaying (promise P10): see test/golden. */
export const JOURNAL_FORMAT = 1;

export interface StepError {
  code: string;
  message: string;
  description?: string;
  itemIndex?: number;
  /** Text of the parameter whose expression failed. */
  expression?: string;
}

export type FinalStatus = 'success' | 'error' | 'canceled' | 'superseded';
export type RunMode = 'production' | 'manual' | 'retry' | 'error' | 'child';

/** Who started a run by hand or by the API. An id: names change, and people leave. */
export interface Starter {
  kind: 'member' | 'key' | 'service';
  id: string;
}

/** Why an admitted run has not begun: which limit holds it, and when it may be looked at again. */
export interface Hold {
  by: 'concurrency' | 'rate' | 'debounce';
  key: string;
  dueAt?: number;
}

export interface StartEvent {
  t: 'start';
  /** Epoch ms, as in every event: decisions use recorded times only. */
  at: number;
  workflow: string;
  version: string;
  mode: RunMode;
  /** Id of the node the run starts at. */
  node: string;
  items: Item[];
  /** Partial run: only ancestors of this node, and it, may run. */
  destination?: string;
  pinned?: boolean;
  /** Its items were brought along: what is pinned where it begins counts for nothing. */
  given?: boolean;
  key?: string;
  /** `name`: of the calling node, as it was called then; old journals have none. */
  parent?: { run: string; step: number; index: number; depth: number; name?: string };
  /** Keys and priority as evaluated at admission. */
  limits?: { concurrency?: string; rate?: string; debounce?: string; priority?: number; firstAt?: number };
  hold?: Hold;
  /** The run this one repeats, wholly or from a node on. */
  rerunOf?: string;
  /** Absent where nobody did: triggers, schedules, calls, strangers at forms and chats; and in old journals. */
  by?: Starter;
}

/** The fold of these is a run. Node ids, not indexes: a journal must be able to meet another version. */
export type RunEvent =
  | StartEvent
  /** A held run may begin, or is held by something else now. */
  | { t: 'admit'; at: number; tat?: number }
  | { t: 'hold'; at: number; hold: Hold }
  /**
   * Outcome of the step at hand. `ctx`: the node's new context; `logs`: what it printed; `cd`: facts about the run.
   * `u`, here and below: what was used since the last event that says so.
   */
  | {
      t: 'step';
      at: number;
      n: string;
      ms: number;
      out?: PackedOutputs;
      err?: StepError;
      ctx?: JsonObject;
      logs?: string[];
      cd?: JsonObject;
      /** What it told the chat that started the run. */
      say?: string;
      u?: Counts;
    }
  /** An effect that may not be repeated freely is about to be issued. */
  | { t: 'issue'; at: number; n: string; key: string; class: EffectClass }
  | { t: 'retry'; at: number; n: string; err: StepError; dueAt: number; cd?: JsonObject; u?: Counts }
  | {
      t: 'wait';
      at: number;
      n: string;
      untilMs?: number;
      signal?: string;
      detail?: JsonObject;
      say?: string;
      u?: Counts;
    }
  /** `round`: of the effect whose reply this is, when the step asked more than once. */
  | { t: 'wake'; at: number; n: string; wake: Wake; round?: number }
  /** Child runs of a call; they start one after another. */
  | { t: 'call'; at: number; n: string; workflow: string; version: string; batches: number; wait: boolean }
  | { t: 'child'; at: number; n: string; index: number; run: string }
  | { t: 'child-end'; at: number; n: string; index: number; items?: Item[]; err?: StepError }
  | { t: 'doubt'; at: number; n: string }
  | { t: 'pause'; at: number }
  | { t: 'resume'; at: number }
  | { t: 'migrate'; at: number; version: string }
  | { t: 'end'; at: number; status: FinalStatus; err?: StepError & { n?: string }; u?: Counts }
  /** The error workflow was started (or found missing): nothing is left to do. */
  | { t: 'handoff'; at: number; run?: string };
