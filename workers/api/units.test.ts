import { describe, it } from 'vitest';
import { meterOf } from '../../durable-objects/stubs.ts';
import { apiFor, testEnv } from '../kit/testing.ts';

describe('[USE10] API calls', () => {
  it('cost what their contracts say, and over the rate are refused with the time to come back', async ({ expect }) => {
    const tenant = 'units-rate';
    const api = await apiFor(tenant);
    const rates = { api: { perSecond: 1, burst: 40 }, apiPerKey: { perSecond: 1, burst: 24 } };
    await meterOf(testEnv, tenant).setPlan({ plan: 'unlimited', overrides: { rates } });
    const replies = [];
    // cost 3 each
    for (let call = 0; call < 12; call++) replies.push(await api('GET /v1/audit'));
    const taken = replies.filter(({ status }) => status === 200);
    expect(taken.length).toBeGreaterThanOrEqual(6);
    expect(taken.length).toBeLessThanOrEqual(9);
    expect(taken[0]?.headers.get('ratelimit')).toMatch(/^"api";r=\d+;t=\d+$/);
    expect(taken[0]?.headers.get('ratelimit-policy')).toBe('"api";q=24;w=24');
    const refused = replies.at(-1);
    expect(refused).toMatchObject({ status: 429, body: { code: 'rate-limited' } });
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  });

  it('are counted, and not limited where the plan does not', async ({ expect }) => {
    const tenant = 'units-free';
    const api = await apiFor(tenant);
    for (let call = 0; call < 30; call++) expect((await api('GET /v1/hello')).status).toBe(200);
    const deadline = Date.now() + 8_000;
    const counted = async () => (await meterOf(testEnv, tenant).summary()).used.apiCalls;
    while ((await counted()) < 30 && Date.now() < deadline) await new Promise((done) => setTimeout(done, 200));
    expect(await counted()).toBe(30);
  });
});
