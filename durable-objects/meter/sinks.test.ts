import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, it } from 'vitest';
import type { UsageEvent } from '../../core/quota/event.ts';
import { hourOf } from '../../core/quota/meters.ts';
import type { Delivery } from '../kit/sinks.ts';
import { meterOf } from '../stubs.ts';
import type { ObjectBindings } from '../stubs.ts';

const bindings = env as unknown as ObjectBindings;

const NOTHING = { runs: 0, steps: 0, cpuUs: 0, egressBytes: 0, apiCalls: 0, aiTokens: 0 };

interface Inside {
  touch(): Promise<void>;
}

/** Lets a meter send, while its sink answers so. What was sent, taken or not. */
async function sending(tenant: string, answers: boolean[], turns: number): Promise<Delivery[]> {
  const sent: Delivery[] = [];
  await runInDurableObject(bindings.METER.getByName(tenant), async (instance, { storage }) => {
    const object = instance as unknown as Inside & { ctx: object };
    const deliver = (_: string, delivery: Delivery) => {
      sent.push(delivery);
      const ok = answers.shift() ?? true;
      return Promise.resolve({ ok, detail: ok ? '' : 'It answered 500.' });
    };
    const real = object.ctx;
    const exports = { Executor: { deliver } };
    const value = new Proxy(real, {
      get: (target, key) => {
        if (key === 'exports') return exports;
        const found: unknown = Reflect.get(target, key);
        return typeof found === 'function' ? found.bind(target) : found;
      },
    });
    Object.defineProperty(object, 'ctx', { value, configurable: true });
    for (let turn = 0; turn < turns; turn++) {
      storage.sql.exec('UPDATE sinks SET next_at = 0');
      storage.sql.exec("UPDATE alarms SET at_ms = 0 WHERE name = 'sinks'");
      await object.touch();
    }
    Object.defineProperty(object, 'ctx', { value: real, configurable: true });
  });
  return sent;
}

describe('[USE14] sinks of notices', () => {
  it('get every notice from then on, in order, until they take it', async ({ expect }) => {
    const tenant = 'meter-sinks';
    const meter = meterOf(bindings, tenant);
    const limits = (hard: number) =>
      meter.setPlan({ plan: 'unlimited', overrides: { meters: { members: { hard }, cpuUs: { soft: 10 * hard } } } });
    await limits(10);
    await meter.gauge('members', 8);
    await meter.addSink({ id: 'sink_1', url: 'https://billing.example/in' });
    expect(await sending(tenant, [], 1)).toEqual([]);

    await meter.gauge('members', 10);
    const line = { hour: hourOf(Date.now()), workflow: 'wf', counts: { ...NOTHING, cpuUs: 90 } };
    await meter.fold({ source: 'test', from: 0, to: 1, lines: [line] });
    const sent = await sending(tenant, [false, true], 3);
    const events = sent.map(({ body }) => JSON.parse(body) as UsageEvent);
    expect(events).toHaveLength(2);
    expect(events[1]).toEqual(events[0]);
    expect(events[1]).toMatchObject({ event: 'usage.limit-reached', version: 1, organization: tenant });
    const told = events[1]?.notices.map(({ meter: of, percent, kind, limit, used }) => [
      of,
      percent,
      kind,
      limit,
      used,
    ]);
    expect(told).toEqual([
      ['members', 100, 'hard', 10, 10],
      ['cpuMs', 80, 'soft', 0.1, 0.09],
    ]);
    expect(sent[0]?.message).toBe(sent[1]?.message);
    expect(await meter.sinks()).toMatchObject([{ id: 'sink_1', failures: 0, error: '', cursor: events[1]?.to }]);

    expect(await meter.removeSink('sink_1')).toBe(true);
    expect(await meter.removeSink('sink_1')).toBe(false);
  });
});
