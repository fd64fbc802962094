import type { Journal } from './journal.ts';
import { retireOld } from './retire.ts';
import { KEEP_OPEN, KEEP_OPEN_LARGE, PER_ARCHIVE, sealOld } from './seal.ts';
import type { RunnerStore } from './store.ts';

interface HousekeepingDeps {
  store: RunnerStore;
  files: R2Bucket;
  prefix: string;
  journal: Journal;
  state: DurableObjectState;
  settledBelow(): number;
  /** Undefined: unknown now, so nothing is deleted. */
  retentionDays(): Promise<number | undefined>;
}

/** Since this incarnation began; more than that is sealed down to few segments. */
const MAX_OPEN_CHARS = 64_000_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What keeps the runner's storage small: sealing after many commits, deletion once an hour. */
export class Housekeeping {
  private readonly deps: HousekeepingDeps;
  /** Commits, and characters written, when there was last nothing to seal. */
  private sealedAt = 0;
  private sealedChars = 0;
  private retiredAt = 0;
  private sealing = false;

  constructor(deps: HousekeepingDeps) {
    this.deps = deps;
  }

  /** True once enough lies open that an alarm should be spent on sealing. */
  wantsAlarm(): boolean {
    return !this.sealing && (this.isLarge || this.deps.journal.commits - this.sealedAt > KEEP_OPEN + PER_ARCHIVE);
  }

  /** One archive; while there is more to do, `wantsAlarm` stays true. */
  async seal(): Promise<void> {
    if (this.sealing) return;
    this.sealing = true;
    try {
      const { segments, chars } = await sealOld({ ...this.deps, keepOpen: this.isLarge ? KEEP_OPEN_LARGE : KEEP_OPEN });
      this.sealedChars += chars;
      if (segments > 0) return;
      this.sealedAt = this.deps.journal.commits;
      this.sealedChars = this.deps.journal.chars;
    } finally {
      this.sealing = false;
    }
  }

  private get isLarge(): boolean {
    return this.deps.journal.chars - this.sealedChars > MAX_OPEN_CHARS;
  }

  async retire(): Promise<void> {
    const now = Date.now();
    if (now - this.retiredAt < HOUR_MS) return;
    this.retiredAt = now;
    const days = await this.deps.retentionDays();
    if (days === undefined) return;
    await this.seal();
    await retireOld(this.deps.store, this.deps.files, now - days * DAY_MS);
  }
}
