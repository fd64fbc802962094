import type { Outcome } from '../runner/protocol.ts';
import type { Alarms } from '../kit/alarms.ts';
import { latestDue } from './occurrence.ts';
import type { Schedule } from './protocol.ts';
import type { Firing, ScheduleStore } from './schedule-store.ts';

interface SchedulePorts {
  store: ScheduleStore;
  alarms: Alarms;
  /** Runs several writes as one. */
  transaction(body: () => void): void;
  /** The schedule's next start strictly after a moment; null when it has none. */
  nextAfter(schedule: Schedule, afterMs: number): number | null;
  /** Asks a runner to start; repeats are safe, the runner knows the firing by its key. */
  start(firing: Firing): Promise<Outcome<unknown>>;
}

const FIRST_RETRY_MS = 2_000;
const MAX_RETRY_MS = 300_000;
/** A start nobody could take for a day is worth less than the confusion it would cause. */
const GIVE_UP_AFTER_MS = 24 * 3_600_000;

/**
 * Schedules of one tenant. A start that is due becomes a row ("owed") in the same commit that moves the schedule on;
 * only then is a runner asked. So a crash at any point neither loses a start nor makes a second one.
 */
export class Schedules {
  readonly #ports: SchedulePorts;
  constructor(ports: SchedulePorts) {
    this.#ports = ports;
  }

  /** Replaces a workflow's schedules. One that did not change keeps its next time. */
  plan(workflow: string, schedules: readonly Schedule[], nowMs: number): void {
    const { store, nextAfter } = this.#ports;
    const before = new Map(store.of(workflow).map((schedule) => [schedule.node, schedule]));
    const planned = schedules.map((schedule) => {
      const old = before.get(schedule.node);
      const same = old !== undefined && old.def === schedule.def && old.zone === schedule.zone;
      return { ...schedule, nextAtMs: same ? old.nextAtMs : nextAfter(schedule, nowMs) };
    });
    store.replace(workflow, planned);
    if (planned.length === 0) store.dropOwed(workflow);
    this.#arm();
  }

  /** Alarm `schedules`: moves what is due to owed, re-arms, then delivers. */
  async ring(nowMs: number): Promise<void> {
    const { store, transaction, nextAfter } = this.#ports;
    transaction(() => {
      for (const schedule of store.due(nowMs)) {
        const next = (afterMs: number) => nextAfter(schedule, afterMs);
        const atMs = latestDue(schedule.nextAtMs ?? nowMs, nowMs, next);
        store.owe(schedule, atMs);
        store.setNext(schedule, next(nowMs));
      }
    });
    this.#arm();
    await this.deliver(nowMs);
  }

  /** Alarm `firings`: asks runners to take what is owed; what they cannot take now is tried again. */
  async deliver(nowMs: number): Promise<void> {
    const { store, alarms } = this.#ports;
    const owed = store.owed();
    await Promise.all(owed.map((firing) => this.#attempt(firing, nowMs)));
    const left = store.owed();
    if (left.length === 0) return alarms.cancel('firings');
    const attempts = Math.min(...left.map((firing) => firing.attempts));
    alarms.set('firings', nowMs + Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(attempts, 10)));
  }

  async #attempt(firing: Firing, nowMs: number): Promise<void> {
    const { store, start } = this.#ports;
    const failure = await start(firing).then(
      (outcome) => (outcome.ok ? undefined : outcome.error),
      (error: unknown) => ({ status: 503, code: 'runner-unreachable', message: String(error) }),
    );
    if (!failure) return store.settle(firing);
    const final = (failure.status < 500 && failure.status !== 429) || nowMs - firing.atMs > GIVE_UP_AFTER_MS;
    console.error(JSON.stringify({ level: final ? 'error' : 'warn', schedule: firing, failure }));
    if (final) store.settle(firing);
    else store.countAttempt(firing);
  }

  #arm(): void {
    const { store, alarms } = this.#ports;
    const first = store.earliest();
    if (first === null) alarms.cancel('schedules');
    else alarms.set('schedules', first);
  }
}
