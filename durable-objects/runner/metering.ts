import type { RunEvent } from '../../core/engine/events.ts';
import type { Run } from '../../core/engine/run.ts';
import { isIdlePoll, startCounts } from '../../core/quota/measure.ts';
import type { UsageLine } from '../../core/quota/meters.ts';
import { runsIn, Tally } from '../../core/quota/tally.ts';
import { Wallet } from '../../core/quota/wallet.ts';
import type { Grant, Refused, Report, UsageEvent } from '../meter/protocol.ts';
import type { Outcome } from './protocol.ts';
import type { RunnerStore } from './store.ts';

/** Usage is reported so long after it was recorded, with all that came meanwhile; so long the object stays awake. */
const SETTLE_AFTER_MS = 5_000;
/** A refusal is repeated without asking for so long at most, so that a changed plan is seen soon. */
const ASK_AGAIN_MS = 1_000;
/** Near a limit grants are small: they are not asked for all the time. */
const RENEW_EVERY_MS = 200;
const TRIES = 3;
const TRY_AGAIN_MS = 50;
const REPORTS_PER_EPOCH = 1_000_000;
const META = 'usage';

export function timerAfter(action: () => void, delayMs: number): () => void {
  const timer = setTimeout(action, delayMs);
  return () => clearTimeout(timer);
}

/** What the meter knows, by slots: everything below `acked`; perhaps what is between that and `sending`. */
interface Position {
  acked: number;
  sending: number;
}

interface MeteringDeps {
  store: Pick<RunnerStore, 'meta' | 'setMeta' | 'usedFrom'>;
  shard: number;
  epoch: number;
  now(): number;
  /** No segment below this slot is written any more. */
  settledBelow(): number;
  settle(report: Report): Promise<Grant>;
  /** Calls back once; returns what cancels it. */
  after(action: () => void, delayMs: number): () => void;
  /** The meter could not be asked although a run waits for it. */
  unanswered(error: unknown): void;
  /** The plan's say on how many effects may be under way. */
  effects(limit: number): void;
}

/**
 * A shard's dealings with its tenant's meter. What runs used lies in the segments that recorded them, so nothing is
 * written for it: the journal is its own outbox. A report covers a range of segments that is noted before it is sent,
 * so that after a crash the same range is sent again and counted once.
 */
export class Metering {
  readonly wallet: Wallet;
  private readonly deps: MeteringDeps;
  private unsettled: { slot: number; lines: UsageLine[] }[];
  private position: Position;
  /** As it is on disk: where the next life would begin. */
  private durable: Position;
  private reports = 0;
  private reportedAt = 0;
  private underWay: Promise<void> | undefined;
  private cancelTimer: (() => void) | undefined;
  private refused: (Refused & { untilMs: number }) | undefined;

  constructor(deps: MeteringDeps) {
    this.deps = deps;
    const stored = deps.store.meta(META);
    this.position = stored === undefined ? { acked: 0, sending: 0 } : (JSON.parse(stored) as Position);
    this.durable = this.position;
    this.unsettled = deps.store.usedFrom(this.position.acked);
    const spent = this.unsettled.reduce((sum, { lines }) => sum + runsIn(lines), 0);
    this.wallet = new Wallet({ spent, nowMs: deps.now() });
    if (this.unsettled.length > 0) this.later();
  }

  /** Segments from here on are not settled. */
  get settledBelow(): number {
    return this.durable.acked;
  }

  /** Every event of every run passes here before it is recorded. */
  saw(run: Run, event: RunEvent): void {
    if (event.t !== 'start' && event.t !== 'end') return;
    const counts = startCounts(run);
    if (event.t === 'start') {
      if (counts === 'now') this.wallet.start();
      else if (counts === 'later') this.wallet.reserve();
    } else if (counts === 'later') {
      this.wallet.release();
      if (!isIdlePoll(run)) this.wallet.start();
    }
  }

  /** A poll that was under way when the object stopped still holds its place. */
  adopted(run: Run): void {
    if (!run.final && startCounts(run) === 'later') this.wallet.reserve();
  }

  /** A commit recorded usage. */
  counted(slot: number, lines: UsageLine[]): void {
    this.unsettled.push({ slot, lines });
    this.renew();
    this.later();
  }

  /** Undefined when one more run may start at once, in this very turn. Else waits, and says whether it holds a place. */
  room(): Promise<boolean> | undefined {
    return this.wallet.open ? undefined : this.makeRoom();
  }

  /** Why no run may start now; undefined when one may. `held`: its caller waited for a place and gives it back here. */
  refusal(held = false): { ok: false; error: Extract<Outcome<never>, { ok: false }>['error'] } | undefined {
    if (held) this.wallet.release();
    if (held || this.wallet.open) return undefined;
    const { refused } = this;
    if (!refused) {
      const message = 'The meter of this tenant cannot be asked right now.';
      return { ok: false, error: { status: 503, code: 'unavailable', message, retryAfterMs: 1_000 } };
    }
    const { meter, limit, burst } = refused;
    const quota = burst === undefined ? { meter, limit } : { meter, limit, burst };
    const retryAfterMs = refused.retryAfterMs;
    if (refused.meter === 'rate') {
      const message = `This tenant starts at most ${refused.limit} runs a second.`;
      const hint = 'Send it again after the time in Retry-After, or ask the operator for a larger plan.';
      return { ok: false, error: { status: 429, code: 'rate-limited', message, hint, retryAfterMs, quota } };
    }
    const message = `The plan's limit of ${refused.meter} is reached: ${refused.used} of ${refused.limit}.`;
    const hint = 'GET /v1/usage shows it. It starts anew with the next month; a larger plan takes effect at once.';
    return { ok: false, error: { status: 429, code: 'quota-exhausted', message, hint, retryAfterMs, quota } };
  }

  /** Reports what was used; returns when it is counted. `freeze`: gives back what is not needed. */
  async settle(freeze = false): Promise<void> {
    // Whoever asks while a report is under way may have used something after it was made.
    if (this.underWay) await this.underWay.catch(() => undefined);
    this.underWay ??= this.report(freeze).finally(() => (this.underWay = undefined));
    await this.underWay;
  }

  private get isRefused(): boolean {
    return this.refused !== undefined && this.deps.now() < this.refused.untilMs;
  }

  private async makeRoom(): Promise<boolean> {
    while (!this.wallet.open && !this.isRefused) {
      try {
        await (this.underWay ?? this.settle());
      } catch (error) {
        this.deps.unanswered(error);
        return false;
      }
    }
    const isOpen = this.wallet.open;
    if (isOpen) this.wallet.reserve();
    return isOpen;
  }

  /** Asks for more before there is nothing left. */
  private renew(): void {
    const nowMs = this.deps.now();
    if (!this.wallet.isLow || this.underWay || this.isRefused || nowMs - this.reportedAt < RENEW_EVERY_MS) return;
    void this.settle().catch(() => undefined);
  }

  private rest(): void {
    this.cancelTimer?.();
    this.cancelTimer = undefined;
  }

  private later(): void {
    this.cancelTimer ??= this.deps.after(() => {
      this.cancelTimer = undefined;
      if (this.unsettled.length > 0) void this.settle().catch(() => undefined);
    }, SETTLE_AFTER_MS);
  }

  private async report(freeze: boolean): Promise<void> {
    const { deps, wallet } = this;
    const usage = this.nextUsage();
    const runs = usage ? runsIn(usage.lines) : 0;
    const nowMs = deps.now();
    this.reportedAt = nowMs;
    const asked = wallet.ask({ runs, nowMs, freeze });
    const seq = deps.epoch * REPORTS_PER_EPOCH + ++this.reports;
    const report: Report = { shard: deps.shard, seq, ...asked, ...(usage && { usage }) };
    try {
      const { outstanding, refused, effects } = await this.send(report);
      if (usage) {
        this.position = { acked: usage.to, sending: usage.to };
        this.unsettled = this.unsettled.filter(({ slot }) => slot >= usage.to);
        if (this.unsettled.length === 0) this.rest();
      }
      wallet.answered({ runs, outstanding });
      this.refused = refused && {
        ...refused,
        untilMs: deps.now() + Math.max(1, Math.min(refused.retryAfterMs, ASK_AGAIN_MS)),
      };
      deps.effects(effects);
    } catch (error) {
      wallet.unanswered({ freeze });
      this.later();
      throw error;
    }
  }

  /** The same report again: a restarted meter knows it by its number. */
  private async send(report: Report): Promise<Grant> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.deps.settle(report);
      } catch (error) {
        if (tries >= TRIES) throw error;
        await new Promise<void>((resolve) => this.deps.after(resolve, TRY_AGAIN_MS * tries));
      }
    }
  }

  /** The range that is being sent, or a new one, noted before it is. */
  private nextUsage(): UsageEvent | undefined {
    const { acked, sending } = this.position;
    const to = sending > acked ? sending : this.deps.settledBelow();
    const covered = this.unsettled.filter(({ slot }) => slot < to);
    if (covered.length === 0) return undefined;
    if (sending <= acked) {
      this.position = { acked, sending: to };
      this.deps.store.setMeta(META, JSON.stringify(this.position));
      this.durable = this.position;
    }
    const tally = new Tally();
    for (const { lines } of covered) tally.addAll(lines);
    return { source: `shard-${this.deps.shard}`, from: acked, to, lines: tally.lines() };
  }
}
