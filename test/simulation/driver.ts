import type { JsonObject } from '../../core/data/item.ts';
import type { Program } from '../../core/engine/program.ts';
import { replay } from '../../core/engine/replay.ts';
import type { Run } from '../../core/engine/run.ts';
import type { EffectOrder, LoadOrder, ShardPorts } from '../../core/shard/ports.ts';
import { Shard } from '../../core/shard/shard.ts';
import type { Group, Store } from './store.ts';

/** What a driver shares with all others: the world outside its memory. */
export interface Outside {
  store: Store;
  now(): number;
  random(): number;
  programs: ReadonlyMap<string, Program>;
  performed(driver: Driver, order: EffectOrder): void;
  /** A run was started, durably or not. */
  born(run: string, serial: number): void;
}

/** One life of a shard's host: the runner object without a platform. Lost as a whole when it crashes. */
export class Driver {
  readonly epoch: number;
  readonly shard: Shard;
  readonly pending: Group[] = [];
  readonly later: (() => void)[] = [];
  readonly loads: LoadOrder[] = [];
  /** Refused or crashed: whatever it still wants to do is nobody's business. */
  dead = false;
  /** A node of the turn at hand never ends: nothing more happens in it. */
  killed = false;
  private readonly outside: Outside;
  private open: Group | undefined;
  private named = 0;

  constructor(outside: Outside) {
    this.outside = outside;
    this.epoch = outside.store.takeOver();
    this.shard = new Shard(this.ports());
  }

  get isStale(): boolean {
    return this.epoch !== this.outside.store.epoch;
  }

  get isIdle(): boolean {
    return this.pending.length + this.later.length + this.loads.length === 0;
  }

  /** Rebuilds every live run from the journal and continues it, as the runner object does at boot. */
  boot(): void {
    const { store } = this.outside;
    for (const [rate, tat] of store.tats) this.shard.admission.remember(rate, tat);
    for (const id of store.live) {
      const run = this.rebuild(id);
      if (run.live) this.shard.adopt(run);
      else store.live.delete(id);
    }
    if (this.shard.runs.size > 0) this.turn(() => this.shard.recover(store.note));
  }

  rebuild(id: string): Run {
    const events = (this.outside.store.journals.get(id) ?? []).map((record) => record.event);
    return replay(id, this.programOf(id), events);
  }

  /** The program a run is on, by its journal. */
  programOf(id: string): Program {
    const journal = this.outside.store.journals.get(id) ?? [];
    const [first] = journal;
    if (first?.event.t !== 'start') throw new Error(`no journal of ${id}`);
    let { version } = first.event;
    for (const { event } of journal) if (event.t === 'migrate') version = event.version;
    const program = this.outside.programs.get(`${first.event.workflow}@${version}`);
    if (!program) throw new Error(`no program ${version} of ${id}`);
    return program;
  }

  turn<T>(action: () => T): T {
    try {
      return action();
    } finally {
      if (this.open) this.pending.push(this.open);
      this.open = undefined;
    }
  }

  group(): Group {
    return (this.open ??= { records: [], keys: [], kept: [], after: [] });
  }

  /** Commits the first `count` groups. False: refused or torn; then this driver is done for. */
  flush(count: number): Group[] | undefined {
    const groups = this.pending.splice(0, count);
    if (this.outside.store.write(this.epoch, groups)) return groups;
    this.dead = true;
    return undefined;
  }

  /** Lets go what waited for groups that are durable now. */
  release(groups: readonly Group[], actions = Number.POSITIVE_INFINITY): void {
    let left = actions;
    for (const group of groups) {
      for (const { run } of group.records) {
        const live = this.shard.runs.get(run);
        if (live && !live.live) this.shard.forget(live);
      }
    }
    for (const group of groups) for (const action of group.after) if (left-- > 0) this.turn(action);
  }

  private ports(): ShardPorts {
    const { outside } = this;
    return {
      now: outside.now,
      random: outside.random,
      newRunId: () => `r${this.epoch}-${this.named++}`,
      resumeUrl: (run) => `sim:${run}`,
      vars: () => ({}),
      append: (run, event) => {
        const record = { run: run.id, event, at: outside.now(), serial: outside.store.serial++ };
        if (event.t === 'start') outside.born(run.id, record.serial);
        this.group().records.push(record);
      },
      afterCommit: (action) => void this.group().after.push(action),
      perform: (order) => outside.performed(this, order),
      load: (order) => void this.loads.push(order),
      kept: (name) => this.kept(name),
      keep: (name, data) => void this.group().kept.push([name, data]),
      findKey: (key) => this.findKey(key),
      putKey: (key, run) => void this.group().keys.push([key, run]),
      note: (text, then) => {
        // a driver that was replaced finds out when it writes
        if (this.killed) return;
        if (outside.store.writeNote(this.epoch, text)) this.later.push(then);
        else this.dead = true;
      },
      later: (action) => void this.later.push(action),
    };
  }

  private kept(wanted: string): JsonObject | undefined {
    const groups = this.open ? [...this.pending, this.open] : this.pending;
    const newest = groups.flatMap(({ kept }) => kept).findLast(([name]) => name === wanted)?.[1];
    return newest ?? this.outside.store.kept.get(wanted);
  }

  private findKey(key: string): string | undefined {
    for (const group of this.open ? [...this.pending, this.open] : this.pending) {
      for (const [name, run] of group.keys) if (name === key) return run;
    }
    return this.outside.store.keys.get(key);
  }
}
