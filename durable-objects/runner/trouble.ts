import type { RunnerStore } from './store.ts';

/** Boots in a row that did not live long enough before runs are recovered one at a time. */
const MAX_TROUBLED_BOOTS = 5;
/** An incarnation that lives this long after recovering is taken for sound. */
const SOUND_AFTER_MS = 2_000;
/** Deaths under one run, recovered alone, before it is given up: one may be chance, such as a power cut. */
const MAX_STRIKES = 2;

/**
 * Notices that recovering kills the process again and again, and finds the run that does it. Every step is guarded by
 * limits of its own; this is the wall behind them: one run must never keep its whole shard from coming back.
 */
export class Trouble {
  private readonly store: RunnerStore;
  private boots = 0;
  private readonly strikes: string[] = [];

  constructor(store: RunnerStore) {
    this.store = store;
  }

  /** Counts a boot that has runs to recover. True: recover them one at a time, naming each with `suspect` first. */
  begin(): boolean {
    this.boots = Number(this.store.meta('troubled-boots') ?? 0) + 1;
    this.store.setMeta('troubled-boots', String(this.boots));
    const suspect = this.store.meta('suspect') ?? '';
    if (suspect !== '') {
      this.strikes.push(...((JSON.parse(this.store.meta('strikes') ?? '[]') as string[]) ?? []), suspect);
      this.store.setMeta('strikes', JSON.stringify(this.strikes));
    }
    if (this.boots > MAX_TROUBLED_BOOTS) return true;
    setTimeout(() => this.sound(), SOUND_AFTER_MS);
    return false;
  }

  /** Whether the process died under this run, alone, as often as chance does not explain. */
  isCulprit(run: string): boolean {
    return this.strikes.filter((name) => name === run).length >= MAX_STRIKES;
  }

  /** Must be durable before the run is touched. */
  suspect(run: string): void {
    this.store.setMeta('suspect', run);
  }

  /** All runs were recovered and the process still lives. */
  sound(): void {
    if (this.boots === 0) return;
    this.boots = 0;
    this.store.setMeta('troubled-boots', '0');
    if ((this.store.meta('suspect') ?? '') === '') return;
    this.suspect('');
    this.store.setMeta('strikes', '[]');
  }
}
