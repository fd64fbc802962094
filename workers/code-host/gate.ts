interface Ticket {
  exclusive: boolean;
  /** Expected end once running, last sign of life while waiting; epoch milliseconds. */
  untilMs: number;
}

/** How often a waiting call looks again. */
const POLL_MS = 3;
/** A waiting call that did not look for so long was canceled: its request is gone and will never leave. */
const ABANDONED_MS = 1_000;
/** Running calls get this much beyond their limit before they count as gone. */
const GRACE_MS = 1_000;

interface GateClock {
  now(): number;
  sleep(ms: number): Promise<void>;
}

/**
 * Shared or exclusive admission, in order of arrival. After the host died, the calls that were in flight come back one
 * at a time: while one of them runs nothing else does, so if the host dies again that call is the culprit.
 *
 * Waiting is polling: workerd ends a request that waits only for a promise of another request as hung, and a canceled
 * request never runs its `finally`, so every ticket also expires by the clock.
 */
export class Gate {
  readonly #clock: GateClock;
  #running: Ticket[] = [];
  #waiting: Ticket[] = [];

  constructor(clock: GateClock) {
    this.#clock = clock;
  }

  /** Calls that run or wait. */
  inFlight(): number {
    this.#expire();
    return this.#running.length + this.#waiting.length;
  }

  /** Waits for admission; call the answer when done. `limitMs`: the longest the call can take. */
  async enter(exclusive: boolean, limitMs: number): Promise<() => void> {
    const ticket: Ticket = { exclusive, untilMs: this.#clock.now() + ABANDONED_MS };
    this.#waiting.push(ticket);
    while (!this.#admits(ticket)) {
      await this.#clock.sleep(POLL_MS);
      ticket.untilMs = this.#clock.now() + ABANDONED_MS;
      // Dropped as abandoned while the host was busy elsewhere: queue again rather than wait for ever.
      if (!this.#waiting.includes(ticket)) this.#waiting.push(ticket);
    }
    this.#waiting.shift();
    ticket.untilMs = this.#clock.now() + limitMs + GRACE_MS;
    this.#running.push(ticket);
    return () => {
      this.#running = this.#running.filter((each) => each !== ticket);
    };
  }

  #admits(ticket: Ticket): boolean {
    this.#expire();
    if (this.#waiting[0] !== ticket) return false;
    return ticket.exclusive ? this.#running.length === 0 : !this.#running.some((each) => each.exclusive);
  }

  #expire(): void {
    const now = this.#clock.now();
    this.#running = this.#running.filter((each) => each.untilMs > now);
    this.#waiting = this.#waiting.filter((each) => each.untilMs > now);
  }
}
