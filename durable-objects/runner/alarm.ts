/** While runs are live the object wakes at least this often, so that a lost timer or reply is noticed. */
const HEARTBEAT_MS = 15_000;

/** Between two pieces of housekeeping, so that callers get their turn. */
const SOON_MS = 1_000;

type AlarmStorage = Pick<DurableObjectStorage, 'getAlarm' | 'setAlarm'>;

/**
 * The one physical alarm behind all logical timers. Setting it costs a row, so it is only ever moved earlier;
 * an alarm that comes too soon finds nothing due and is set again.
 */
export class Alarm {
  private readonly storage: AlarmStorage;
  private readonly nextDue: () => number | undefined;
  private at: number | null | undefined;

  constructor(storage: AlarmStorage, nextDue: () => number | undefined) {
    this.storage = storage;
    this.nextDue = nextDue;
  }

  /** After a commit: something may have become due earlier. `soon`: there is housekeeping to do. */
  async ensure(live: boolean, soon = false): Promise<void> {
    const want = soon ? Math.min(this.want(live) ?? Number.POSITIVE_INFINITY, Date.now() + SOON_MS) : this.want(live);
    if (want === undefined || (this.at !== undefined && this.at !== null && this.at <= want)) return;
    await this.set(want);
  }

  /** At boot and for the reaper: trusts nothing but storage. */
  async repair(): Promise<void> {
    this.at = await this.storage.getAlarm();
    await this.ensure(this.nextDue() !== undefined);
  }

  /** The alarm that just fired is spent: arm the next before doing anything that could fail. */
  async beforeWork(live: boolean): Promise<void> {
    this.at = null;
    if (live) await this.set(Date.now() + HEARTBEAT_MS);
  }

  private want(live: boolean): number | undefined {
    const due = this.nextDue();
    if (!live) return due;
    return Math.min(due ?? Number.POSITIVE_INFINITY, Date.now() + HEARTBEAT_MS);
  }

  private async set(at: number): Promise<void> {
    this.at = at;
    await this.storage.setAlarm(at);
  }
}
