import type { Run } from '../engine/run.ts';
import type { Shard } from './shard.ts';

/** Recovered runs driven under one mark, until one of them proves deadly. */
const MAX_TOGETHER = 64;
/** Hosts that ended under one step, driven alone, before it is given up: one may be chance, such as a power cut. */
const MAX_STRIKES = 2;
/** Steps a careful run takes one by one before it is trusted again: what one turn may have lost (SLICE_STEPS). */
const CAREFUL_STEPS = 250;
/**
 * Times a run is driven under a mark, together with others, before it is trusted. A host may have been further than its
 * journal: steps whose effects need no record are written a moment later, and so many fit into that moment.
 */
const MARKED_TURNS = 25;
/** Careful steps begin within so long of each other: shards that share a process must not keep dying together. */
const SPREAD_MS = 500;

const KILLED_HOST = {
  message: 'Each time this step ran the platform had to be stopped, so it was given up.',
  description: 'It takes too long or too much memory at once. Give it fewer items, for instance with a Loop node.',
};

/** A run that was live when a host ended. */
interface Suspect {
  /** A host ended while it was driven: one step at a time, each recorded before the next. */
  isCareful: boolean;
  /** Where hosts ended under it alone, and how many. */
  position: string;
  strikes: number;
  steps: number;
}

/** What survives the host: whom it was driving, and what earlier ends have taught. */
interface Note {
  marked: [run: string, position: string][];
  stepwise: boolean;
  careful: [run: string, position: string, strikes: number][];
}

/**
 * Finds the step that ends the host whenever it runs, and has it fail instead of running for ever. After a host ended, a
 * run that was live then is driven only under a mark that is durable first: who is marked when the host ends again was
 * being driven. First many together, then each alone and step by step. A run is trusted once it is past
 * where it may have been.
 */
export class Suspicion {
  private readonly shard: Shard;
  private readonly suspects = new Map<string, Suspect>();
  private readonly waiting = new Set<string>();
  /** May be driven now: their mark is durable. */
  private readonly released = new Set<string>();
  private isBusy = false;

  constructor(shard: Shard) {
    this.shard = shard;
  }

  /** Before a recovery: all runs that were adopted are under suspicion. `text`: the last note of the host before. */
  begin(text: string | undefined): void {
    const { marked, stepwise, careful } = readNote(text);
    const known = new Map(careful.map(([run, position, strikes]) => [run, { position, strikes }]));
    for (const [run, position] of marked) {
      const before = known.get(run);
      const again = stepwise && before?.position === position;
      known.set(run, { position, strikes: stepwise ? (again ? before.strikes : 0) + 1 : (before?.strikes ?? 0) });
    }
    for (const { id } of this.shard.runs.values()) {
      const found = known.get(id);
      this.suspects.set(id, { isCareful: found !== undefined, position: '', strikes: 0, ...found, steps: 0 });
    }
  }

  /** Runs that a suspect begins: the deadly step may be one of theirs. */
  inherit(from: string, to: Run): void {
    const parent = this.suspects.get(from);
    if (parent) this.suspects.set(to.id, { isCareful: parent.isCareful, position: '', strikes: 0, steps: 0 });
  }

  /** Whether the run would have to wait for a mark. */
  detains(run: Run): boolean {
    return this.suspects.has(run.id) && !this.released.has(run.id);
  }

  /** Whether the run may be driven in this turn; if not, it will be scheduled again when its mark is durable. */
  allows(run: Run): boolean {
    const suspect = this.suspects.get(run.id);
    if (!suspect || run.final || run.held) return true;
    if (suspect.strikes >= MAX_STRIKES && suspect.position === positionOf(run)) {
      this.suspects.set(run.id, { ...suspect, strikes: 0 });
      // what follows the failed step is driven under a mark again
      if (this.giveUp(run)) return false;
    }
    if (this.released.has(run.id)) return true;
    this.waiting.add(run.id);
    this.pump();
    return false;
  }

  /** Steps it may take at once. */
  budgetOf(run: Run, usual: number): number {
    return this.suspects.get(run.id)?.isCareful ? 1 : usual;
  }

  /** Fails the step at hand, or the next, instead of running it. False: there is none. */
  private giveUp(run: Run): boolean {
    const step = run.next(this.shard.ports.now());
    if (step) this.shard.steps.fail(run, step, { code: 'step-killed-host', ...KILLED_HOST }, false);
    return step !== undefined;
  }

  /** Marks the next of those who wait, durably, and then lets them be driven. */
  private pump(): void {
    if (this.isBusy) return;
    const [first] = this.waiting;
    if (first === undefined) return;
    this.isBusy = true;
    const { ports } = this.shard;
    const isCareful = this.suspects.get(first)?.isCareful === true;
    const mark = (): void =>
      // what is decided by now is durable first: the positions are those of the journal
      ports.afterCommit(() => {
        const runs = isCareful ? [first] : this.together();
        runs.forEach((id) => this.waiting.delete(id));
        ports.note(this.text(runs, isCareful), () => this.release(runs));
      });
    if (isCareful) ports.later(mark, Math.floor(ports.random() * SPREAD_MS));
    else mark();
  }

  private together(): string[] {
    return [...this.waiting].filter((id) => !this.suspects.get(id)?.isCareful).slice(0, MAX_TOGETHER);
  }

  private release(ids: readonly string[]): void {
    const { shard } = this;
    const driven = ids.flatMap((id) => shard.runs.get(id) ?? []).map((run) => ({ run, from: positionOf(run) }));
    for (const { run } of driven) {
      this.released.add(run.id);
      shard.slices.schedule(run);
    }
    shard.slices.drain();
    for (const id of ids) this.released.delete(id);
    this.isBusy = false;
    for (const { run, from } of driven) if (run.final || positionOf(run) !== from) this.moved(run);
    if (this.waiting.size > 0) this.pump();
    else shard.ports.note(this.text([], false), () => undefined);
  }

  /** It lived through what it did: once that is durable, it is past where the host may have ended. */
  private moved(run: Run): void {
    const suspect = this.suspects.get(run.id);
    if (!suspect) return;
    suspect.steps++;
    if (!run.final && suspect.steps < (suspect.isCareful ? CAREFUL_STEPS : MARKED_TURNS)) return;
    this.shard.ports.afterCommit(() => {
      if (this.suspects.get(run.id) === suspect) this.suspects.delete(run.id);
    });
  }

  private text(marked: readonly string[], stepwise: boolean): string {
    const note: Note = { marked: [], stepwise, careful: [] };
    for (const id of marked) {
      const run = this.shard.runs.get(id);
      if (run) note.marked.push([id, positionOf(run)]);
    }
    for (const [id, { isCareful, position, strikes }] of this.suspects) {
      if (isCareful && this.shard.runs.has(id)) note.careful.push([id, position, strikes]);
    }
    return JSON.stringify(note);
  }
}

/** The step at hand and its attempt, the same in memory and after a replay. */
function positionOf(run: Run): string {
  const { active } = run;
  return active ? `${active.index}.${active.attempts}` : `${run.steps.length}.1`;
}

function readNote(text: string | undefined): Note {
  const none: Note = { marked: [], stepwise: false, careful: [] };
  return text === undefined || text === '' ? none : { ...none, ...(JSON.parse(text) as Partial<Note>) };
}
