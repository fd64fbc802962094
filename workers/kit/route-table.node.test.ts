import { afterEach, beforeEach, describe, it, vi } from 'vitest';
import type { ObjectBindings } from '../../durable-objects/stubs.ts';
import type { RouteTable } from '../../durable-objects/tenant/protocol.ts';
import { forgetRoutes, routesOf } from './route-table.ts';

/** A tenant object that counts its calls and answers when told. */
function registry() {
  const state = { version: 1, calls: 0, delay: Promise.resolve() };
  const routes = async (known: number): Promise<RouteTable | null> => {
    state.calls++;
    const { version } = state;
    await state.delay;
    return known === version ? null : { version, standing: 'active', shards: 1, hooks: [] };
  };
  const env = { TENANT: { getByName: () => ({ routes }) } } as unknown as ObjectBindings;
  return { env, state };
}

describe('the route table', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
  afterEach(() => void vi.useRealTimers());

  it('[HOOK3] asks at most twice a second under load, and sees a change within one', async ({ expect }) => {
    const { env, state } = registry();
    await routesOf(env, 'busy');
    state.version = 2;
    let seenAfterMs = 0;
    for (let elapsedMs = 0; elapsedMs < 5_000; elapsedMs += 5) {
      vi.advanceTimersByTime(5);
      const { version } = await routesOf(env, 'busy');
      if (version === 2 && seenAfterMs === 0) seenAfterMs = elapsedMs + 5;
    }
    expect(seenAfterMs).toBeGreaterThan(0);
    expect(seenAfterMs).toBeLessThanOrEqual(1_000);
    expect(state.calls).toBeLessThanOrEqual(11);
  });

  it('[HOOK3] makes one request ask while the others go on, but nobody uses a table older than a second', async ({
    expect,
  }) => {
    const { env, state } = registry();
    await routesOf(env, 'slow');
    let answer = () => {};
    state.delay = new Promise((resolve) => (answer = resolve));
    vi.advanceTimersByTime(600);
    const asking = routesOf(env, 'slow');
    await routesOf(env, 'slow');
    expect(state.calls).toBe(2);
    vi.advanceTimersByTime(350);
    let late = false;
    const waiting = routesOf(env, 'slow').then(() => (late = true));
    await Promise.resolve();
    expect(late).toBe(false);
    answer();
    await Promise.all([asking, waiting]);
    expect(state.calls).toBe(3);
  });

  it('[HOOK3] asks again for what was missing, but not for each request of a scan', async ({ expect }) => {
    const { env, state } = registry();
    await routesOf(env, 'scan');
    for (let request = 0; request < 1_000; request++) {
      vi.advanceTimersByTime(1);
      await routesOf(env, 'scan', true);
    }
    expect(state.calls).toBeLessThanOrEqual(11);
    expect(state.calls).toBeGreaterThan(5);
  });

  it('asks at once after it was told of a change', async ({ expect }) => {
    const { env, state } = registry();
    await routesOf(env, 'told');
    state.version = 7;
    forgetRoutes('told');
    expect((await routesOf(env, 'told')).version).toBe(7);
  });

  it('keeps nothing of an answer that never came', async ({ expect }) => {
    const { env, state } = registry();
    state.delay = Promise.reject(new Error('down'));
    await expect(routesOf(env, 'down')).rejects.toThrow('down');
    state.delay = Promise.resolve();
    expect((await routesOf(env, 'down')).version).toBe(1);
  });
});
