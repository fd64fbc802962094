import type { UsageLine } from '../../core/quota/meters.ts';
import { hourOf } from '../../core/quota/meters.ts';
import { runsIn, Tally } from '../../core/quota/tally.ts';
import type { Grant, Report } from '../../durable-objects/meter/protocol.ts';
import { Metering } from '../../durable-objects/runner/metering.ts';
import { slotOf } from '../../durable-objects/runner/records.ts';
import type { Dice } from '../simulation/dice.ts';
import type { Oracle } from './oracle.ts';

interface Group {
  batch: number;
  lines: UsageLine[];
  /** Waits for values on their way to storage. */
  ready: boolean;
}

export interface Surroundings {
  dice: Dice;
  oracle: Oracle;
  now(): number;
  send(report: Report): Promise<Grant>;
  after(life: object, action: () => void, delayMs: number): () => void;
}

/** A runner shard without runs: the real Metering over a journal that is only usage, and crashes. */
export class ShardHost {
  metering!: Metering;
  readonly shard: number;
  /** Runs that were started and are not in the meter's books, by what is on disk and in memory. */
  private readonly around: Surroundings;
  private readonly meta = new Map<string, string>();
  private readonly segments = new Map<number, UsageLine[]>();
  private epoch = 0;
  private batch = 1;
  /** Of all segments ever written, sealed ones too. */
  private lastBatch = 0;
  private parts = new Map<number, number>();
  private pending: Group[] = [];
  private life: object = {};

  constructor(shard: number, around: Surroundings) {
    this.shard = shard;
    this.around = around;
    this.boot();
  }

  /** Starts runs as long as the wallet lets it; false when it refused at once. */
  start(runs: number): boolean {
    const { dice, now } = this.around;
    const tally = new Tally();
    let started = 0;
    for (; started < runs && this.metering.wallet.open; started++) {
      this.metering.wallet.start();
      const steps = dice.between(1, 6);
      tally.add(hourOf(now()), `wf_${dice.below(5)}`, { runs: 1, steps, cpuUs: steps * 20 + dice.below(50) });
    }
    if (started > 0) this.pending.push({ batch: this.batch, lines: tally.lines(), ready: !dice.chance(0.1) });
    else void this.metering.room()?.then((held) => held && this.metering.wallet.release());
    return started > 0;
  }

  upload(): void {
    for (const group of this.pending) group.ready = true;
  }

  /** As Journal.flush: a prefix that is ready becomes durable. */
  commit(): void {
    this.batch++;
    const cut = this.pending.findIndex((group) => !group.ready);
    const ready = this.pending.splice(0, cut < 0 ? this.pending.length : cut);
    const last = ready.at(-1);
    if (!last) return;
    const tally = new Tally();
    for (const { lines } of ready) tally.addAll(lines);
    const part = this.parts.get(last.batch) ?? 0;
    this.parts.set(last.batch, part + 1);
    const slot = slotOf(last.batch, part);
    const lines = tally.lines();
    this.segments.set(slot, structuredClone(lines));
    this.lastBatch = Math.max(this.lastBatch, last.batch);
    this.around.oracle.recorded(lines);
    this.around.oracle.started(this.shard, runsIn(lines));
    this.metering.counted(slot, lines);
  }

  /** SIGKILL: memory is gone, uncommitted runs with it; the next life begins from the disk. */
  crash(): void {
    this.pending = [];
    this.life = {};
    this.parts.clear();
    this.batch = this.lastBatch + 1;
    this.boot();
  }

  /** Runs of a group that are not reported: on disk beyond what the meter acknowledged, and in memory. */
  get inMemory(): number {
    return this.pending.reduce((sum, { lines }) => sum + runsIn(lines), 0);
  }

  /** Segments below were reported and acknowledged: sealed, as the runner would. */
  seal(): void {
    for (const slot of this.segments.keys()) if (slot < this.metering.settledBelow) this.segments.delete(slot);
  }

  private boot(): void {
    const { now, send, after } = this.around;
    const { life } = this;
    this.epoch++;
    this.metering = new Metering({
      store: {
        meta: (name) => this.meta.get(name),
        setMeta: (name, value) => {
          // What still goes on of an earlier life goes on in no process.
          if (life !== this.life) throw new Error('dead');
          this.meta.set(name, value);
        },
        usedFrom: (slot) =>
          [...this.segments]
            .filter(([at]) => at >= slot)
            .sort(([a], [b]) => a - b)
            .map(([at, lines]) => ({ slot: at, lines: structuredClone(lines) })),
      },
      shard: this.shard,
      epoch: this.epoch,
      now,
      settledBelow: () => slotOf(Math.min(this.lastBatch + 1, ...this.pending.map(({ batch }) => batch)), 0),
      settle: (report) => (life === this.life ? send(report) : new Promise(() => undefined)),
      unanswered: () => undefined,
      after: (action, delayMs) => after(life, action, delayMs),
      effects: () => undefined,
    });
  }

  isAlive(life: object): boolean {
    return life === this.life;
  }
}
