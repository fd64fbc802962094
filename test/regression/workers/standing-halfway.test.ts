import { runInDurableObject } from 'cloudflare:test';
import { describe, it } from 'vitest';
import { runnerOf, tenantOf } from '../../../durable-objects/stubs.ts';
import { apiFor, testEnv } from '../../../workers/kit/testing.ts';

const START = { source: { workflow: 'wf_x', version: '1' }, mode: 'production' as const };

/** The tenant's object with shards that cannot be reached: as if it ended before it had told them. */
async function cutOff(tenant: string): Promise<() => Promise<void>> {
  const stub = testEnv.TENANT.getByName(tenant);
  const unreachable = { getByName: () => ({ setStanding: () => Promise.reject(new Error('unreachable')) }) };
  let whole: unknown;
  await runInDurableObject(stub, (instance) => {
    const object = instance as unknown as { env: object };
    whole = object.env;
    object.env = { ...object.env, RUNNER: unreachable };
  });
  return () =>
    runInDurableObject(stub, (instance) => {
      Object.assign(instance, { env: whole });
    });
}

describe('a change of standing that did not reach the shards', () => {
  it('[LIF1] can be made again: what was not suspended is', async ({ expect }) => {
    const api = await apiFor('halfway-down');
    const restore = await cutOff('halfway-down');
    expect((await api('POST /v1/organization/suspend')).status).toBe(500);
    await restore();
    expect((await api('POST /v1/organization/suspend')).status).toBe(200);
    expect(await runnerOf(testEnv, 'halfway-down', 0).start(START)).toMatchObject({
      error: { code: 'organization-suspended' },
    });
  });

  it('[LIF1] can be made again: what was not resumed goes on', async ({ expect }) => {
    const api = await apiFor('halfway-up');
    await api('POST /v1/organization/suspend');
    const restore = await cutOff('halfway-up');
    expect((await api('POST /v1/organization/resume')).status).toBe(500);
    await restore();
    expect((await api('POST /v1/organization/resume')).status).toBe(200);
    expect(await runnerOf(testEnv, 'halfway-up', 0).start(START)).toMatchObject({ error: { code: 'version-unknown' } });
    expect(await tenantOf(testEnv, 'halfway-up').profile()).toMatchObject({ value: { standing: 'active' } });
  });
});
