import type { Item, JsonObject } from '../data/item.ts';
import type { RunEvent, RunMode } from '../engine/events.ts';
import { outerOf } from '../engine/inner.ts';
import type { Program } from '../engine/program.ts';
import { replay } from '../engine/replay.ts';
import type { Run } from '../engine/run.ts';
import { waitingFor } from '../engine/view.ts';
import type { EffectReply, HttpReply } from '../node/kit.ts';
import { startNode } from './calls.ts';
import type { EffectOrder, LoadOrder, ShardPorts, Watcher } from './ports.ts';
import { Shard } from './shard.ts';
import type { Sleep } from './virtual-clock.ts';

export interface MemoryHostDeps {
  /** Epoch ms. */
  now(): number;
  /** In [0,1): jitter of retries. */
  random(): number;
  sleep: Sleep;
  /** Performs an effect. A rejected promise counts as a failure that may be retried. */
  perform(order: EffectOrder): Promise<EffectReply>;
  /** The current program of a called workflow. */
  load?(workflow: string): Program | undefined;
  /** The program written on a node of another. */
  inner?(outer: Program, version: string): Program | undefined;
  vars?: JsonObject;
  resumeUrl?(run: string): string;
  /** Hears of every event once its group is committed. */
  onEvent?(run: Run, event: RunEvent): void;
  /** True: groups wait for `commit()`, so that a test can lose them. */
  manualCommit?: boolean;
}

export interface RunRequest {
  /** Node id; default: the workflow's trigger. */
  node?: string;
  items?: Item[];
  mode?: RunMode;
  destination?: string;
  pinned?: boolean;
  key?: string;
  onReply?(reply: HttpReply): void;
}

interface Group {
  events: { run: Run; event: RunEvent }[];
  keys: [key: string, run: string][];
  kept: [name: string, data: JsonObject][];
  after: (() => void)[];
}

/**
 * A shard and its journal in memory: what tests, dry runs and the command line run workflows on. Durable only as long
 * as the object lives, but in every other respect the runner's host: turns, groups, effects after commits, recovery.
 */
export class MemoryHost {
  /** Committed events by run. */
  readonly journals = new Map<string, RunEvent[]>();
  readonly programs = new Map<string, Program>();
  shard: Shard;
  private readonly deps: MemoryHostDeps;
  private readonly keys = new Map<string, string>();
  private readonly kept = new Map<string, JsonObject>();
  private readonly pending: Group[] = [];
  private readonly later: (() => void)[] = [];
  private readonly rates = new Map<string, number>();
  private open: Group | undefined;
  private inFlight = 0;
  private bell: (() => void) | undefined;
  private named = 0;
  private epoch = 0;
  /** What the shard told its next life. */
  private note: string | undefined;

  constructor(deps: MemoryHostDeps) {
    this.deps = deps;
    this.shard = new Shard(this.ports());
  }

  /** Starts a run and lets everything move until that run is over, or waits for something that has no date. */
  async run(program: Program, request: RunRequest = {}): Promise<Run> {
    const started = this.start(program, request);
    const id = 'run' in started ? started.run.id : started.duplicate;
    await this.untilRest(id);
    return this.get(id);
  }

  /** Admits a run without waiting for it. Throws ExpressionError when a key of its limits does. */
  start(program: Program, request: RunRequest = {}): { run: Run } | { duplicate: string } {
    const { onReply, node, items, mode = 'production', ...rest } = request;
    const first = node ?? startNode(program, []);
    if (first === undefined) throw new Error(`The workflow ${JSON.stringify(program.workflow)} has no nodes.`);
    this.remember(program);
    const watcher: Watcher | undefined = onReply && { reply: onReply };
    const data = items ? { items, given: true } : { items: [{ json: {} }] };
    return this.turn(() => this.shard.start({ program, mode, node: first, ...data, ...rest }, watcher));
  }

  /** A run, live or over. Throws when there was none of that id. */
  get(id: string): Run {
    const live = this.shard.runs.get(id);
    if (live) return live;
    const run = this.rebuild(id);
    if (!run) throw new Error(`There is no run ${id}.`);
    return run;
  }

  /** Lets everything move until the run is over or rests; without a run, until nothing moves by itself any more. */
  async untilRest(id?: string): Promise<void> {
    for (;;) {
      this.commit();
      if (id !== undefined && this.rests(id)) return;
      if (this.step()) continue;
      const due = this.shard.timers.peek();
      if (this.inFlight === 0 && due === undefined) return;
      await this.next(due);
    }
  }

  /** Lets everything happen that can happen now, without waiting for anything. */
  runDue(): void {
    while (this.step()) this.commit();
  }

  /** Everything the shard does happens in a turn; what a turn decides is one group. */
  turn<T>(action: () => T): T {
    try {
      return action();
    } finally {
      if (this.open) this.pending.push(this.open);
      this.open = undefined;
      if (this.deps.manualCommit !== true) this.commit();
    }
  }

  /** Commits all groups and lets go what waited for them. */
  commit(): void {
    for (let group = this.pending.shift(); group; group = this.pending.shift()) {
      for (const { run, event } of group.events) this.store(run, event);
      for (const [key, run] of group.keys) this.keys.set(key, run);
      for (const [name, data] of group.kept) this.kept.set(name, data);
      for (const action of group.after) this.turn(action);
      for (const { run } of group.events) if (!run.live) this.shard.forget(run);
    }
  }

  /**
   * Loses memory, and with it every group that was not committed, and recovers from the journal. `isTrusted`: nobody is
   * asked whether a run ended the life before.
   */
  restart(isTrusted = true): void {
    this.open = undefined;
    this.pending.length = 0;
    this.later.length = 0;
    this.inFlight = 0;
    this.epoch++;
    this.shard = new Shard(this.ports());
    for (const [rate, tat] of this.rates) this.shard.admission.remember(rate, tat);
    for (const id of this.journals.keys()) {
      const run = this.rebuild(id);
      if (run?.live) this.shard.adopt(run);
    }
    this.turn(() => (isTrusted ? this.shard.recover() : this.shard.recover(this.note ?? '')));
  }

  /** One thing that is due; false when nothing is. */
  private step(): boolean {
    const action = this.later.shift();
    const due = this.shard.timers.peek();
    if (action) this.turn(action);
    else if (due !== undefined && due <= this.deps.now()) this.turn(() => this.shard.tick());
    else return false;
    return true;
  }

  private ports(): ShardPorts {
    const { deps, epoch } = this;
    // what an earlier life of the shard still had under way is lost with it
    const alive = (): boolean => epoch === this.epoch;
    return {
      now: deps.now,
      random: deps.random,
      newRunId: () => `m${this.epoch}-${this.named++}`,
      resumeUrl: deps.resumeUrl ?? ((run) => `memory:/waiting/${run}`),
      vars: () => deps.vars ?? {},
      append: (run, event) => void this.group().events.push({ run, event }),
      afterCommit: (action) => void this.group().after.push(() => (alive() ? action() : undefined)),
      perform: ({ effect, key, ...ref }) => {
        this.inFlight++;
        const settle = (reply: EffectReply): void => {
          if (!alive()) return;
          this.inFlight--;
          this.turn(() => this.shard.reply(ref, reply));
          this.bell?.();
        };
        deps.perform({ ...ref, key, effect }).then(settle, (error: unknown) => {
          settle({ ok: false, error: { code: 'effect-failed', message: String(error) } });
        });
      },
      load: (order) => {
        this.later.push(() => {
          const program = this.load(order);
          if (program) this.remember(program);
          this.shard.loaded(order.for, program);
        });
      },
      kept: (name) => this.newKept(name) ?? this.kept.get(name),
      keep: (name, data) => void this.group().kept.push([name, data]),
      findKey: (key) => this.keys.get(key) ?? this.newKey(key),
      putKey: (key, run) => void this.group().keys.push([key, run]),
      note: (text, then) => {
        this.note = text;
        this.later.push(then);
      },
      later: (action) => void this.later.push(action),
    };
  }

  private group(): Group {
    return (this.open ??= { events: [], keys: [], kept: [], after: [] });
  }

  private newKept(wanted: string): JsonObject | undefined {
    const groups = [...this.pending, ...(this.open ? [this.open] : [])];
    return groups.flatMap(({ kept }) => kept).findLast(([name]) => name === wanted)?.[1];
  }

  private newKey(key: string): string | undefined {
    for (const group of [...this.pending, ...(this.open ? [this.open] : [])]) {
      const found = group.keys.find(([name]) => name === key);
      if (found) return found[1];
    }
    return undefined;
  }

  private store(run: Run, event: RunEvent): void {
    const journal = this.journals.get(run.id);
    if (journal) journal.push(event);
    else this.journals.set(run.id, [event]);
    const rate = run.start.limits?.rate;
    if (event.t === 'admit' && event.tat !== undefined && rate !== undefined) this.rates.set(rate, event.tat);
    this.deps.onEvent?.(run, event);
  }

  private rebuild(id: string): Run | undefined {
    const events = this.journals.get(id);
    const [first] = events ?? [];
    if (!events || first?.t !== 'start') return undefined;
    const moved = events.findLast((event) => event.t === 'migrate');
    const version = moved?.t === 'migrate' ? moved.version : first.version;
    const program = this.programs.get(`${first.workflow}@${version}`);
    if (!program) throw new Error(`The version ${version} of ${first.workflow} that ${id} runs on is missing.`);
    return replay(id, program, events);
  }

  private load({ workflow, version }: LoadOrder): Program | undefined {
    if (version === undefined) return this.deps.load?.(workflow);
    const known = this.programs.get(`${workflow}@${version}`);
    if (known) return known;
    const outer = this.programs.get(`${workflow}@${outerOf(version)?.version ?? ''}`);
    return outer && this.deps.inner?.(outer, version);
  }

  private remember(program: Program): void {
    const name = `${program.workflow}@${program.version}`;
    const known = this.programs.get(name);
    // versions never change; a run that is rebuilt on another one would go wrong in ways hard to see
    if (known && known !== program) throw new Error(`There is another program called ${name} already.`);
    this.programs.set(name, program);
  }

  private rests(id: string): boolean {
    const run = this.shard.runs.get(id);
    if (!run || !run.live) return true;
    if (run.final) return false;
    if (run.paused) return true;
    const reason = waitingFor(run);
    return reason === 'in-doubt' || (run.active?.state.kind === 'wait' && run.active.state.untilMs === undefined);
  }

  /** Until a reply comes or the next timer is due, whichever is first. */
  private async next(due: number | undefined): Promise<void> {
    const rung = new Promise<void>((resolve) => {
      this.bell = resolve;
    });
    const nap = due === undefined ? undefined : this.deps.sleep(due - this.deps.now());
    await (nap ? Promise.race([rung, nap.done]) : rung);
    nap?.cancel();
    this.bell = undefined;
  }
}
