import { describe, it } from 'vitest';
import { Gate } from './gate.ts';

/** A clock that moves only when everybody sleeps. */
class FakeClock {
  #now = 0;
  #sleepers: { at: number; wake: () => void }[] = [];

  now(): number {
    return this.#now;
  }
  sleep(ms: number): Promise<void> {
    return new Promise((wake) => this.#sleepers.push({ at: this.#now + ms, wake }));
  }
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (let at = this.#now; at <= end; at++) {
      this.#now = at;
      const due = this.#sleepers.filter((each) => each.at <= at);
      this.#sleepers = this.#sleepers.filter((each) => each.at > at);
      for (const each of due) each.wake();
      for (let turn = 0; turn < 4; turn++) await Promise.resolve();
    }
  }
  /** Forgets all sleepers, as a canceled request does. */
  cancelSleepers(): void {
    this.#sleepers = [];
  }
}

describe('gate', () => {
  it('[COD4] runs an exclusive call alone and in order of arrival', async ({ expect }) => {
    const clock = new FakeClock();
    const gate = new Gate(clock);
    const log: string[] = [];
    let running = 0;
    const call = async (name: string, exclusive: boolean, ms: number): Promise<void> => {
      const leave = await gate.enter(exclusive, 1_000);
      running++;
      log.push(`${name}${exclusive ? ` with ${running - 1} others` : ''}`);
      await clock.sleep(ms);
      running--;
      leave();
    };
    void call('a', false, 20);
    void call('b', false, 40);
    void call('X', true, 20);
    void call('c', false, 10);
    void call('Y', true, 10);
    await clock.advance(200);
    expect(log).toEqual(['a', 'b', 'X with 0 others', 'c', 'Y with 0 others']);
    expect(gate.inFlight()).toBe(0);
  });

  it('forgets calls whose request was canceled, running and waiting', async ({ expect }) => {
    const clock = new FakeClock();
    const gate = new Gate(clock);
    await gate.enter(true, 500);
    void gate.enter(true, 500);
    clock.cancelSleepers();
    const admitted: number[] = [];
    void gate.enter(false, 500).then(() => admitted.push(clock.now()));
    await clock.advance(1_400);
    expect(admitted).toEqual([]);
    await clock.advance(200);
    expect(admitted).toHaveLength(1);
  });
});
