import type { Item } from '../../core/data/item.ts';
import type { Workflow } from '../../core/graph/document.ts';

/** Everything that is going to happen, as plain data: what a seed makes, and what shrinking cuts down. */
export interface Scenario {
  seed: number;
  /** Seeds the order of events, separately, so that cutting something leaves the rest as it was. */
  schedule: number;
  /** Turns of trouble before everything may come to rest. */
  turns: number;
  workflows: { id: string; versions: Workflow[] }[];
  triggers: Trigger[];
  faults: Fault[];
  controls: Control[];
}

export interface Trigger {
  turn: number;
  workflow: string;
  items: Item[];
  key?: string;
  destination?: string;
  pinned?: boolean;
}

export type Fault =
  /** Memory is lost with all that is not committed. */
  | { kind: 'crash'; turn: number }
  /** Memory is lost after everything was committed. */
  | { kind: 'evict'; turn: number }
  /** A second driver boots; the first does not know and goes on. */
  | { kind: 'usurp'; turn: number }
  /** The alarm comes although nothing may be due. */
  | { kind: 'tick'; turn: number }
  /** The alarm does not come for so many turns. */
  | { kind: 'deaf'; turn: number; turns: number }
  | { kind: 'clock'; turn: number; byMs: number }
  /** The nth commit fails as a whole. */
  | { kind: 'torn'; commit: number }
  /** The nth commit is written, but memory is lost before any (or after some) of what waited for it goes out. */
  | { kind: 'cut'; commit: number; actions: number }
  /** What becomes of the nth effect's reply. */
  | { kind: 'lost' | 'double' | 'fail' | 'refuse' | 'late'; effect: number };

export type Control = { turn: number; pick: number } & (
  | { kind: 'cancel' | 'pause' | 'resume' | 'signal' | 'rerun' | 'migrate' | 'publish' }
  | { kind: 'resolve'; decision: 'retry' | 'fail' | 'done' }
);
