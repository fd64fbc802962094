/** Aims for one report to the meter in this time. */
const TARGET_MS = 10_000;
const MIN_WANT = 100;
const MAX_WANT = 100_000;

/**
 * A shard's side of its lease: says whether one more run may start, without asking anybody. Loses its memory with the
 * shard; what was spent is found in the journal again, what is outstanding is asked for again.
 */
export class Wallet {
  /** As of the meter's last answer, less what was reported with the question. */
  private outstanding = 0;
  /** Runs started and not yet in an answered report. */
  private spent: number;
  /** Places of runs that may come to count: about to start, or polls that may find something. */
  private reserved = 0;
  private frozen = false;
  private startedSince = 0;
  private sinceMs: number;
  private want = MIN_WANT;

  constructor({ spent, nowMs }: { spent: number; nowMs: number }) {
    this.spent = spent;
    this.sinceMs = nowMs;
  }

  /** One more run may start. */
  get open(): boolean {
    return !this.frozen && this.left > 0;
  }

  get left(): number {
    return this.outstanding - this.spent - this.reserved;
  }

  /** Time to ask for more, before there is nothing left. */
  get isLow(): boolean {
    return this.left < this.want / 2;
  }

  start(): void {
    this.spent++;
    this.startedSince++;
  }

  reserve(): void {
    this.reserved++;
  }

  release(): void {
    if (this.reserved > 0) this.reserved--;
  }

  /** The question for a report that covers `runs` started runs. `freeze`: to give back what is not needed. */
  ask({ runs, nowMs, freeze }: { runs: number; nowMs: number; freeze: boolean }): {
    keep: number;
    want: number;
    frozen: boolean;
  } {
    const elapsedMs = Math.max(100, nowMs - this.sinceMs);
    const rate = (this.startedSince * TARGET_MS) / elapsedMs;
    this.want = Math.min(MAX_WANT, Math.max(MIN_WANT, Math.ceil(rate)));
    this.startedSince = 0;
    this.sinceMs = nowMs;
    this.frozen = freeze;
    return { keep: this.spent - runs + this.reserved, want: freeze ? 0 : this.want, frozen: freeze };
  }

  answered({ runs, outstanding }: { runs: number; outstanding: number }): void {
    this.spent -= runs;
    this.outstanding = outstanding;
    this.frozen = false;
  }

  /** No answer came: what was asked is asked again, and nothing is known to have changed. */
  unanswered({ freeze }: { freeze: boolean }): void {
    // Given back, perhaps: only an answer says what is left.
    if (freeze) this.outstanding = 0;
    this.frozen = false;
  }
}
