import type { RunEvent } from '../../core/engine/events.ts';
import { compileProgram, type Program } from '../../core/engine/program.ts';
import type { EffectReply } from '../../core/node/kit.ts';
import type { EffectOrder } from '../../core/shard/ports.ts';
import { type Coverage, tally } from './coverage.ts';
import { Dice } from './dice.ts';
import { Driver, type Outside } from './driver.ts';
import { dump, dumpLike } from './dump.ts';
import { type History, newHistory } from './history.ts';
import { simulatedNodes } from './nodes.ts';
import type { Fault, Scenario, Trigger } from './scenario.ts';
import { Store } from './store.ts';

export const START_MS = Date.UTC(2026, 0, 1);
/** Workflows that call themselves would fill the world; beyond this many runs nothing is published any more. */
const MAX_RUNS = 60;

interface Reply {
  driver: Driver;
  order: EffectOrder;
  reply: EffectReply;
  /** Not before this turn. */
  notBefore: number;
}

type EffectFate = (Fault & { effect: number })['kind'];
type CommitFate = Fault & { commit: number };

/** Clock, disk, network and drivers of one simulation. */
export class World {
  readonly scenario: Scenario;
  readonly dice: Dice;
  readonly history: History = newHistory();
  readonly coverage: Coverage = {};
  readonly store: Store;
  readonly replies: Reply[] = [];
  readonly zombies: Driver[] = [];
  /** Where the simulation tells what it does, when somebody wants to know. */
  readonly trace: ((line: string) => void) | undefined;
  driver: Driver;
  nowMs = START_MS;
  turn = 0;
  deafUntil = 0;
  isCalm = false;
  private acting: Driver;
  private readonly published = new Map<string, number>();
  private readonly outside: Outside;
  private readonly effectFates = new Map<number, EffectFate>();
  private readonly commitFates = new Map<number, CommitFate>();
  private readonly births = new Map<string, number>();
  private effects = 0;
  private commits = 0;

  constructor(scenario: Scenario, trace?: (line: string) => void) {
    this.scenario = scenario;
    this.trace = trace;
    this.dice = new Dice(scenario.schedule);
    this.store = new Store(this.history, this.coverage);
    const registry = simulatedNodes((stepKey, version, { resumed, kills }) => {
      if (this.acting.killed) return;
      this.history.executed.push({ ...this.stamp(this.acting), stepKey, version, resumed });
      if (!kills) return;
      this.history.killed.push(stepKey);
      this.acting.killed = true;
    });
    for (const { id, versions } of scenario.workflows) {
      this.published.set(id, 0);
      for (const [index, doc] of versions.entries()) {
        const version = `v${index + 1}`;
        this.history.programs.set(`${id}@${version}`, compileProgram({ workflow: id, version, doc, registry }));
      }
    }
    for (const fault of scenario.faults) {
      if ('effect' in fault) this.effectFates.set(fault.effect, fault.kind);
      else if ('commit' in fault) this.commitFates.set(fault.commit, fault);
    }
    this.outside = {
      store: this.store,
      now: () => this.nowMs,
      random: this.dice.roll,
      programs: this.history.programs,
      performed: (driver, order) => this.performed(driver, order),
      born: (run, serial) => void this.births.set(run, serial),
    };
    this.driver = new Driver(this.outside);
    this.acting = this.driver;
  }

  stamp(driver: Driver): { serial: number; at: number; epoch: number; stale: boolean } {
    return { serial: this.store.serial++, at: this.nowMs, epoch: driver.epoch, stale: driver.isStale };
  }

  /** Looks at the timers. What is due then may have its turn later, when the clock was set back. */
  tick(driver: Driver): void {
    if (!driver.isStale) this.history.ticks.push({ serial: this.store.serial, at: this.nowMs });
    this.act(driver, () => driver.shard.tick());
  }

  program(workflow: string): Program | undefined {
    if (this.store.journals.size >= MAX_RUNS) return undefined;
    const index = this.published.get(workflow);
    return index === undefined ? undefined : this.history.programs.get(`${workflow}@v${index + 1}`);
  }

  publish(pick: number): void {
    const { id, versions } = this.scenario.workflows[pick % this.scenario.workflows.length] as Scenario['workflows'][0];
    this.published.set(id, Math.min(versions.length - 1, (this.published.get(id) ?? 0) + 1));
  }

  /** Lets a driver act; everything it decides meanwhile is its doing. */
  act<T>(driver: Driver, action: () => T): T {
    this.acting = driver;
    const result = driver.turn(action);
    this.bury(driver);
    return result;
  }

  /** A node that never ends held the turn: it is as if the turn had not begun, and the host is gone. */
  private bury(driver: Driver): void {
    if (!driver.killed || driver.dead) return;
    tally(this.coverage, 'killedHosts');
    driver.dead = true;
    if (driver === this.driver) this.crash();
  }

  trigger(trigger: Trigger): void {
    const program = this.program(trigger.workflow);
    const { driver } = this;
    if (!program) return;
    const node = program.graph.nodes[0]?.def.id ?? '';
    const { destination, pinned, key, items } = trigger;
    this.act(driver, () => {
      const started = driver.shard.start({
        program,
        mode: destination === undefined && !pinned ? 'production' : 'manual',
        node,
        items,
        ...(destination === undefined ? {} : { destination }),
        ...(pinned ? { pinned } : {}),
        ...(key === undefined ? {} : { key }),
      });
      const duplicate = 'duplicate' in started;
      const run = duplicate ? started.duplicate : started.run.id;
      tally(this.coverage, duplicate ? 'duplicates' : 'triggers');
      driver.group().after.push(() => {
        this.history.acknowledged.push({ ...this.stamp(driver), run, duplicate });
      });
    });
  }

  /** Commits a prefix of what is pending: decisions become durable in the order they were made. */
  flush(driver: Driver, count: number): void {
    const fate = driver === this.driver && !this.isCalm ? this.commitFates.get(this.commits++) : undefined;
    if (fate?.kind === 'torn') {
      tally(this.coverage, 'tornCommits');
      this.crash();
      return;
    }
    const groups = driver.flush(count);
    if (!groups) return;
    for (const { records } of groups) {
      for (const { run } of records) {
        const live = driver.shard.runs.get(run);
        if (live) this.history.lives.set(run, live);
      }
    }
    if (fate?.kind === 'cut') {
      tally(this.coverage, 'cutCommits');
      this.acting = driver;
      driver.release(groups, fate.actions);
      this.crash();
      return;
    }
    this.acting = driver;
    driver.release(groups);
    this.bury(driver);
  }

  /** The driver is gone with its memory; the next one starts from the disk. */
  crash(): void {
    tally(this.coverage, 'crashes');
    if (this.driver.pending.length > 0) tally(this.coverage, 'crashesWithLoss');
    this.driver.dead = true;
    this.forget(this.driver);
    this.boot();
  }

  /** The driver is gone, but nobody told it. */
  usurp(): void {
    tally(this.coverage, 'staleDrivers');
    this.zombies.push(this.driver);
    this.boot();
  }

  /** Everything durable, then gone: what comes back must be what went. */
  evict(): void {
    tally(this.coverage, 'evictions');
    this.flush(this.driver, this.driver.pending.length);
    if (this.driver.pending.length === 0) {
      for (const [id, run] of this.driver.shard.runs) {
        const before = dump(run);
        const after = dumpLike(run, this.driver.rebuild(id));
        if (before !== after) {
          this.violate('P10', `${id} is not what its journal says:\n  live     ${before}\n  replayed ${after}`);
        }
      }
    }
    this.driver.dead = true;
    this.forget(this.driver);
    this.boot();
  }

  violate(promise: string, message: string): void {
    this.history.violations.push({ promise, message });
  }

  /** A run's events, committed or not, as its driver has them. */
  eventsOf(driver: Driver, run: string): RunEvent[] {
    const events = (this.store.journals.get(run) ?? []).map((record) => record.event);
    for (const group of driver.pending) {
      for (const record of group.records) if (record.run === run) events.push(record.event);
    }
    return events;
  }

  private boot(): void {
    this.driver = new Driver(this.outside);
    this.acting = this.driver;
    this.driver.boot();
    // a step of the recovery itself
    this.bury(this.driver);
    tally(this.coverage, 'recoveredRuns', this.driver.shard.runs.size);
    for (const [id, run] of this.driver.shard.runs) {
      // one without a journal was only started by the recovery
      if (this.store.journals.has(id) && run.program !== this.driver.programOf(id)) {
        this.violate('P7', `${id} came back on another version`);
      }
    }
  }

  private forget(driver: Driver): void {
    for (let index = this.replies.length - 1; index >= 0; index--) {
      if (this.replies[index]?.driver === driver) this.replies.splice(index, 1);
    }
  }

  private performed(driver: Driver, order: EffectOrder): void {
    if (driver.killed) return;
    const run = driver.shard.runs.get(order.run);
    const step = run?.steps[order.step];
    const node = (step && run?.program.graph.nodes[step.node]?.def.id) ?? '';
    this.history.performed.push({
      ...this.stamp(driver),
      order,
      node,
      runIndex: step?.runIndex ?? -1,
      born: this.births.get(order.run) ?? -1,
    });
    const fate = this.isCalm ? undefined : this.effectFates.get(this.effects++);
    tally(this.coverage, 'effects');
    const { round } = order.effect.payload;
    let reply: EffectReply = { ok: true, value: typeof round === 'number' ? round : 0 };
    if (fate !== undefined) tally(this.coverage, `${fate}Replies`);
    if (fate === 'lost') return;
    if (fate === 'fail') reply = { ok: false, error: { code: 'sim-failed', message: 'As the seed has it.' } };
    if (fate === 'refuse') reply = { ok: false, error: { code: 'sim-refused', message: 'Never.', retryable: false } };
    const notBefore = this.turn + (fate === 'late' ? 15 : 0);
    this.replies.push({ driver, order, reply, notBefore });
    if (fate === 'double') this.replies.push({ driver, order, reply, notBefore: this.turn + 2 });
  }
}
