import type { Item, JsonObject, Outputs } from '../data/item.ts';
import type { EffectClass, EffectRequest, Wake } from '../node/kit.ts';
import type { StepError } from './events.ts';

/** Where an input's items came from. */
export interface Source {
  step: number;
  output: number;
}

export type Inputs = (readonly Item[] | null)[];

/** A node that is ready to run with these inputs. */
export interface Task {
  node: number;
  inputs: Inputs;
  sources: (Source | null)[];
}

/** What a begun step is doing. Only `run` and `woken` let the driver work; the rest wait for something. */
export type StepState =
  | { kind: 'run' }
  /** `recorded`: it is woken after a loss as well. */
  | { kind: 'woken'; wake: Wake; recorded?: true }
  | { kind: 'effect'; effect: EffectRequest; key: string; round: number }
  /** Recovered after a loss: announced, outcome unknown. */
  | { kind: 'announced'; key: string; class: EffectClass }
  | { kind: 'doubt' }
  | { kind: 'retry'; dueAt: number }
  | { kind: 'wait'; untilMs?: number; signal?: string; detail?: JsonObject }
  | { kind: 'load'; workflow: string; version?: string; batches: Item[][]; wait: boolean }
  | {
      kind: 'children';
      workflow: string;
      version: string;
      batches: number;
      wait: boolean;
      runs: string[];
      results: Item[][];
    }
  | { kind: 'done' };

/** One run of one node. */
export interface Step {
  index: number;
  node: number;
  runIndex: number;
  startedAt: number;
  sources: (Source | null)[];
  /** Kept only while the step is active; afterwards readable through `sources`. */
  inputs: Inputs;
  state: StepState;
  attempts: number;
  /** Rounds of effects issued in this attempt, less one. */
  rounds?: number;
  status: 'running' | 'success' | 'error';
  outputs: Outputs;
  error?: StepError;
  durationMs?: number;
  logs?: string[];
  /** What it told the chat that started the run. */
  said?: string;
  /** Runs it called, in their order, those of earlier attempts before. */
  called?: string[];
}

/** What a step that did its work leaves in the journal. */
export interface StepDone {
  out: Outputs;
  ctx?: JsonObject;
  logs?: string[];
  cd?: JsonObject;
  say?: string;
}
