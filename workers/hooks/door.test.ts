import { describe, it } from 'vitest';
import { meterOf } from '../../durable-objects/stubs.ts';
import { apiFor, fetchWorker, testEnv } from '../kit/testing.ts';

const hook = (path: string) => ({
  schema: 1,
  name: 'door',
  nodes: [
    {
      id: 'hook',
      name: 'Hook',
      type: 'webhook',
      version: 2,
      parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
      position: [0, 0],
    },
  ],
  edges: [],
  settings: {},
  notes: [],
  pinned: [],
});

async function published(tenant: string): Promise<() => Promise<Response>> {
  const api = await apiFor(tenant);
  const { body } = await api('POST /v1/workflows', { body: hook('in') });
  await api('POST /v1/workflows/{id}/publish', { params: { id: body['id'] as string } });
  return () => fetchWorker(`/hooks/${tenant}/in`, { method: 'POST', body: '{}' });
}

const statusesOf = (responses: Response[]): number[] => responses.map(({ status }) => status);

describe('[USE11] the door', () => {
  it('turns away a tenant beyond its rate without asking anybody, until there is room again', async ({ expect }) => {
    const call = await published('door-rate');
    const runs = { perSecond: 4, burst: 5 };
    await meterOf(testEnv, 'door-rate').setPlan({ plan: 'unlimited', overrides: { rates: { runs } } });
    const first: Response[] = [];
    for (let at = 0; at < 40; at++) first.push(await call());
    const taken = statusesOf(first).filter((status) => status === 200).length;
    expect(taken).toBeGreaterThanOrEqual(5);
    expect(taken).toBeLessThan(30);
    const refused = first.find(({ status }) => status === 429);
    expect(refused?.headers.get('content-type')).toBe('application/problem+json');
    expect(refused?.headers.get('ratelimit-policy')).toBe('"rate";q=4;w=1');
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(await refused?.json()).toMatchObject({ code: 'rate-limited', meter: 'rate', limit: 4, status: 429 });
    await new Promise((done) => setTimeout(done, 1_300));
    expect((await call()).status).toBe(200);
  });

  it('answers a flood one refusal after the other, so that its connections bring fewer and no burst of them', async ({
    expect,
  }) => {
    const call = await published('door-flood');
    await meterOf(testEnv, 'door-flood').setPlan({ plan: 'unlimited', overrides: { meters: { runs: { hard: 0 } } } });
    expect((await call()).status).toBe(429);
    const began = Date.now();
    const left: number[] = [];
    const one = async (): Promise<void> => {
      expect((await call()).status).toBe(429);
      left.push(Date.now() - began);
    };
    await Promise.all(Array.from({ length: 120 }, one));
    // Twenty at once, the other hundred ten milliseconds apart: a machine that is busy is later, never sooner.
    for (const [at, ms] of left.sort((a, b) => a - b).entries()) if (at > 30) expect(ms).toBeGreaterThan((at - 30) * 9);
  });

  it('opens within a second or so when the plan grows', async ({ expect }) => {
    const call = await published('door-plan');
    const meter = meterOf(testEnv, 'door-plan');
    await meter.setPlan({ plan: 'unlimited', overrides: { meters: { runs: { hard: 1 } } } });
    const statuses = statusesOf([await call(), await call(), await call()]);
    expect(statuses).toEqual([200, 429, 429]);
    await meter.setPlan({ plan: 'unlimited', overrides: {} });
    await new Promise((done) => setTimeout(done, 1_300));
    const later: number[] = [];
    for (let at = 0; at < 10; at++) later.push((await call()).status);
    expect(later).toEqual(Array<number>(10).fill(200));
  });

  it('is another’s for every tenant', async ({ expect }) => {
    const [ours, theirs] = [await published('door-ours'), await published('door-theirs')];
    await meterOf(testEnv, 'door-ours').setPlan({ plan: 'unlimited', overrides: { meters: { runs: { hard: 0 } } } });
    expect((await ours()).status).toBe(429);
    expect((await ours()).status).toBe(429);
    expect((await theirs()).status).toBe(200);
  });
});
