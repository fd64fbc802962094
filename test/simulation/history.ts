import type { RunEvent } from '../../core/engine/events.ts';
import type { Program } from '../../core/engine/program.ts';
import type { Run } from '../../core/engine/run.ts';
import type { EffectOrder } from '../../core/shard/ports.ts';

/** An event as it was appended. `serial` is one order over everything that happens, durable or not. */
export interface Recorded {
  run: string;
  event: RunEvent;
  /** The clock when it was decided. */
  at: number;
  serial: number;
}

/** Groups that were written in one commit are one entry each; `serial` is when they became durable. */
export interface Commit {
  epoch: number;
  serial: number;
  records: Recorded[];
}

interface Happening {
  serial: number;
  at: number;
  epoch: number;
  /** Done by a driver that another one had replaced already. */
  stale: boolean;
}

export interface Performed extends Happening {
  order: EffectOrder;
  node: string;
  runIndex: number;
  /** When the run was started: two runs may not have one name, even if the first was lost. */
  born: number;
}

export interface Executed extends Happening {
  stepKey: string;
  version: string;
  /** Went on after a suspension, rather than beginning. */
  resumed: boolean;
}

export interface Acknowledged extends Happening {
  run: string;
  duplicate: boolean;
}

interface Delivered extends Happening {
  order: EffectOrder;
  ok: boolean;
  retryable: boolean;
}

/** Everything that can be known from outside about one simulation; what the promises are checked on. */
export interface History {
  commits: Commit[];
  performed: Performed[];
  executed: Executed[];
  acknowledged: Acknowledged[];
  delivered: Delivered[];
  /** Commits of replaced drivers that were refused. */
  refused: { epoch: number; serial: number }[];
  /** Epoch → when its driver booted. */
  boots: { epoch: number; serial: number }[];
  /** Migrations that were ordered after a replay succeeded. */
  migrations: { run: string; version: string; epoch: number; serial: number }[];
  resolutions: { run: string; step: number; decision: string; serial: number }[];
  reruns: { run: string; of: string; cut: number; serial: number }[];
  /** When timers were looked at, before anything with that serial or a later one. */
  ticks: { serial: number; at: number }[];
  /** Keys of steps that ended their host, each time they did. */
  killed: string[];
  programs: Map<string, Program>;
  /** What each run was in memory when its last event was committed. */
  lives: Map<string, Run>;
  /** Found while it ran: what only a look at live memory can show. */
  violations: Violation[];
}

export interface Violation {
  promise: string;
  message: string;
}

export const newHistory = (): History => ({
  commits: [],
  performed: [],
  executed: [],
  acknowledged: [],
  delivered: [],
  refused: [],
  boots: [],
  migrations: [],
  resolutions: [],
  reruns: [],
  ticks: [],
  killed: [],
  programs: new Map(),
  lives: new Map(),
  violations: [],
});

/** The committed journal of each run, in order. */
export function journalsOf(history: History): Map<string, Recorded[]> {
  const journals = new Map<string, Recorded[]>();
  for (const { records } of history.commits) {
    for (const record of records) {
      const journal = journals.get(record.run);
      if (journal) journal.push(record);
      else journals.set(record.run, [record]);
    }
  }
  return journals;
}

/** The program a run was on at a point of its journal. */
export function programAt(history: History, journal: readonly Recorded[], index = journal.length): Program | undefined {
  let version = '';
  let workflow = '';
  for (const { event } of journal.slice(0, index)) {
    if (event.t === 'start') ({ workflow, version } = event);
    else if (event.t === 'migrate') version = event.version;
  }
  return history.programs.get(`${workflow}@${version}`);
}
