import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, it } from 'vitest';
import type { Workflow } from '../../core/graph/document.ts';
import type { Overrides } from '../../core/quota/plan.ts';
import type { Outcome, StartReply } from '../runner/protocol.ts';
import { meterOf, type ObjectBindings, runnerOf } from '../stubs.ts';

const bindings = env as unknown as ObjectBindings;
const doc: Workflow = {
  schema: 1,
  name: 'one',
  nodes: [{ id: 'in', name: 'in', type: 'manual', version: 1, parameters: {}, position: [0, 0] }],
  edges: [],
  settings: {},
  notes: [],
  pinned: [],
};

const start = (tenant: string, shard = 0, key?: string): Promise<Outcome<StartReply>> =>
  runnerOf(bindings, tenant, shard).start({
    source: { workflow: 'wf_m', version: 'draft:1', doc },
    mode: 'production',
    ...(key === undefined ? {} : { idempotencyKey: key }),
  });

/** Gone with its memory before it could report anything. */
const crash = (stub: DurableObjectStub): Promise<void> =>
  runInDurableObject(stub, (_, state) => state.abort('crashed by the test')).catch(() => undefined);

const limit = (tenant: string, overrides: Overrides): Promise<boolean> =>
  meterOf(bindings, tenant).setPlan({ plan: 'unlimited', overrides });

const balance = async (tenant: string) => {
  const meter = meterOf(bindings, tenant);
  const [{ used, outstanding }, ledger] = await Promise.all([meter.summary(), meter.ledger()]);
  for (const { granted, used: spent, returned } of ledger) if (granted < spent + returned) throw new Error('overdrawn');
  return { runs: used.runs, steps: used.steps, used: ledger.reduce((sum, lease) => sum + lease.used, 0), outstanding };
};

describe('usage', () => {
  it('[USE1] counts every run and step of a shard once, also over an eviction before it was reported', async ({
    expect,
  }) => {
    const tenant = 'meter-counts';
    for (let run = 0; run < 5; run++) expect(await start(tenant)).toMatchObject({ ok: true });
    await crash(bindings.RUNNER.getByName(`${tenant}/shard-0`));
    for (let run = 0; run < 3; run++) await start(tenant);
    await runnerOf(bindings, tenant, 0).settle();
    expect(await balance(tenant)).toEqual({ runs: 8, steps: 8, used: 8, outstanding: 0 });
    await evictDurableObject(bindings.METER.getByName(tenant));
    await runnerOf(bindings, tenant, 0).settle();
    expect(await balance(tenant)).toEqual({ runs: 8, steps: 8, used: 8, outstanding: 0 });
  });

  it('[USE2] folds an event once, however often and late it comes', async ({ expect }) => {
    const meter = meterOf(bindings, 'meter-folds');
    const event = (from: number) => ({
      source: 'api-x',
      from,
      to: from + 1,
      lines: [{ hour: Math.floor(Date.now() / 3_600_000), workflow: '__proto__', counts: { apiCalls: 2 } }],
    });
    const order = [2, 0, 2, 3, 1, 0, 1];
    expect(await Promise.all(order.map((from) => meter.fold(event(from))))).toEqual([
      true,
      true,
      false,
      true,
      true,
      false,
      false,
    ]);
    expect((await meter.summary()).used.apiCalls).toBe(8);
  });
});

describe('limits', () => {
  it('[USE3] let exactly so many runs start, then refuse with the time to come back', async ({ expect }) => {
    const tenant = 'meter-limits';
    await limit(tenant, { meters: { runs: { hard: 7 } } });
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => start(tenant)));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(7);
    const refused = outcomes.find(({ ok }) => !ok);
    expect(refused).toMatchObject({
      error: { status: 429, code: 'quota-exhausted', quota: { meter: 'runs', limit: 7 } },
    });
    await runnerOf(bindings, tenant, 0).settle();
    expect(await balance(tenant)).toMatchObject({ runs: 7, used: 7, outstanding: 0 });
    await limit(tenant, { meters: { runs: { hard: 9 } } });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await start(tenant)).toMatchObject({ ok: true });
  });

  it('[USE4] stand in nobody’s way who repeats what was accepted', async ({ expect }) => {
    const tenant = 'meter-repeats';
    await limit(tenant, { meters: { runs: { hard: 1 } } });
    const first = await start(tenant, 0, 'k');
    expect(await start(tenant)).toMatchObject({ ok: false, error: { status: 429 } });
    expect(await start(tenant, 0, 'k')).toMatchObject({
      ok: true,
      value: { duplicate: true, run: first.ok ? first.value.run : '' },
    });
  });

  it('[USE5] call back what another shard holds and does not need', async ({ expect }) => {
    const tenant = 'meter-recalls';
    await limit(tenant, { meters: { runs: { hard: 10 } } });
    expect(await start(tenant, 0)).toMatchObject({ ok: true });
    expect((await balance(tenant)).outstanding).toBe(10);
    expect(await start(tenant, 1)).toMatchObject({ ok: false, error: { status: 429, retryAfterMs: 1_000 } });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const later = await Promise.all(Array.from({ length: 12 }, () => start(tenant, 1)));
    expect(later.filter(({ ok }) => ok)).toHaveLength(9);
  });

  it('[USE6] hold runs to a rate', async ({ expect }) => {
    const tenant = 'meter-rates';
    await limit(tenant, { rates: { runs: { perSecond: 0.01, burst: 4 } } });
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => start(tenant)));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(4);
    expect(outcomes.at(-1)).toMatchObject({ error: { status: 429, code: 'rate-limited' } });
  });

  it('[USE7] tell of 80 and 100 percent, each once a period', async ({ expect }) => {
    const tenant = 'meter-tells';
    await limit(tenant, { meters: { runs: { soft: 5 } } });
    for (let run = 0; run < 7; run++) {
      expect(await start(tenant)).toMatchObject({ ok: true });
      await runnerOf(bindings, tenant, 0).settle();
    }
    const notices = await meterOf(bindings, tenant).notices(10);
    expect(notices.map(({ percent, kind, used }) => [percent, kind, used])).toEqual([
      [100, 'soft', 5],
      [80, 'soft', 4],
    ]);
  });
});
