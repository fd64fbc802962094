/** A pause under way. Canceling lets its timer go; `done` may then never resolve. */
export interface Nap {
  done: Promise<void>;
  cancel(): void;
}

export type Sleep = (ms: number) => Nap;

/** Turns of the microtask queue that a sleep leaves to effects under way before it lets time pass. */
const GRACE_TURNS = 50;

/** A clock that only moves when somebody sleeps: thirty days pass in no time. */
export class VirtualClock {
  nowMs: number;

  constructor(startMs: number) {
    this.nowMs = startMs;
  }

  readonly now = (): number => this.nowMs;

  readonly sleep: Sleep = (ms) => {
    let isCanceled = false;
    const pass = async (): Promise<void> => {
      for (let turn = 0; turn < GRACE_TURNS; turn++) {
        if (isCanceled) return;
        await Promise.resolve();
      }
      if (!isCanceled) this.nowMs += Math.max(0, ms);
    };
    return {
      done: pass(),
      cancel: () => {
        isCanceled = true;
      },
    };
  };
}
