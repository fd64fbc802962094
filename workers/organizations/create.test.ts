import { describe, it } from 'vitest';
import { signInOf, tenantOf } from '../../durable-objects/stubs.ts';
import type { ObjectBindings } from '../../durable-objects/stubs.ts';
import type { Env } from '../env.ts';
import { inOrganization, signedIn } from '../identity/testing.ts';
import { atHome } from '../kit/home.ts';
import { fetchWorker, testEnv } from '../kit/testing.ts';
import { createOrganization } from './create.ts';

const BINDINGS = ['TENANT', 'RUNNER', 'TABLES', 'QUERIES', 'AUDIT', 'SIGN_IN', 'METER'] as const;
const ORIGIN = 'https://millrace.test';

/** The real bindings, writing down how each object was first asked for. */
function watched(): { env: Env; first: Map<string, string | undefined> } {
  const first = new Map<string, string | undefined>();
  const objects = Object.fromEntries(
    BINDINGS.map((binding) => {
      const getByName = (name: string, options?: { locationHint?: DurableObjectLocationHint }) => {
        const key = `${binding} ${name}`;
        if (!first.has(key)) first.set(key, options?.locationHint);
        return testEnv[binding].getByName(name, options);
      };
      return [binding, { getByName }];
    }),
  ) as unknown as ObjectBindings;
  return { env: { ...testEnv, ...objects }, first };
}

describe('[LIF9] a region', () => {
  it('is where every object of an organisation is asked for first', async ({ expect }) => {
    const { env, first } = watched();
    const isMade = await createOrganization(env, { id: 'placed', name: 'Placed', region: 'apac', origin: ORIGIN });
    expect(isMade).toBe(true);
    const credential = 'cred_0123456789abcdef';
    await signInOf(await atHome(env, 'placed'), 'placed', credential).take('', null);
    expect(Object.fromEntries(first)).toEqual({
      'TENANT placed': 'apac',
      'RUNNER placed/shard-0': 'apac',
      'TABLES placed/tables': 'apac',
      'QUERIES placed/queries': 'apac',
      'AUDIT placed': 'apac',
      'METER placed': 'apac',
      [`SIGN_IN placed/credential/${credential}`]: 'apac',
    });
    expect(await tenantOf(env, 'placed').profile()).toMatchObject({ value: { region: 'apac' } });
  });

  it('is the first caller’s where none was asked for', async ({ expect }) => {
    const { env, first } = watched();
    await createOrganization(env, { id: 'unplaced', name: 'Unplaced', origin: ORIGIN });
    expect([...new Set(first.values())]).toEqual([undefined]);
    expect(await tenantOf(env, 'unplaced').profile()).toMatchObject({ value: { region: null } });
  });
});

describe('an organisation', () => {
  it('is made with the region, the plan and the environments asked for, within five seconds', async ({ expect }) => {
    const ada = await signedIn('ada@furnished.test');
    const asked = { name: 'Furnished', id: 'furnished', region: 'weur', environments: ['staging', 'preview'] };
    const startedMs = performance.now();
    const made = await ada.post('/v1/organizations', asked);
    const hook = await fetchWorker('/hooks/furnished/quick-start', { method: 'POST', body: '{}' });
    const tookMs = performance.now() - startedMs;
    expect(made).toMatchObject({
      status: 201,
      body: {
        region: 'weur',
        plan: 'unlimited',
        environments: ['development', 'staging', 'preview', 'production'],
        quickStart: `${ORIGIN}/hooks/furnished/quick-start`,
      },
    });
    expect(hook.status).toBe(200);
    expect(tookMs).toBeLessThan(5_000);
    const read = inOrganization(ada, 'furnished');
    expect((await read('GET', '/v1/organization')).body).toMatchObject({ region: 'weur' });
    const { environments } = (await read('GET', '/v1/environments')).body as { environments: { name: string }[] };
    expect(environments.map(({ name }) => name)).toEqual(['development', 'staging', 'preview', 'production']);
    expect((await read('PATCH', '/v1/organization', { region: 'enam' })).status).toBe(400);
  });

  it('has no region or plan that there is not, and none that is the operator’s to give', async ({ expect }) => {
    const ada = await signedIn('ada@refused.test');
    for (const region of ['eu', '', '__proto__', 'WEUR', 7]) {
      const { status, body } = await ada.post('/v1/organizations', { name: 'x', region });
      expect([status, (body['errors'] as { pointer: string }[])[0]?.pointer], String(region)).toEqual([400, '/region']);
    }
    expect(await ada.post('/v1/organizations', { name: 'x', plan: 'golden' })).toMatchObject({ status: 400 });
    const asked = await ada.post('/v1/organizations', { name: 'x', plan: 'business' });
    expect(asked).toMatchObject({ status: 403, body: { code: 'plan-not-offered' } });
    expect((await ada.get('/v1/account')).body).toMatchObject({ organizations: [] });
  });

  it('that could not be made whole leaves its id free', async ({ expect }) => {
    const wanted = { id: 'halfway', name: 'Halfway', plan: 'free', origin: ORIGIN };
    const broken = { ...testEnv, METER: { getByName: brokenMeter } } as unknown as Env;
    await expect(createOrganization(broken, wanted)).rejects.toThrow('unreachable');
    expect(await createOrganization(testEnv, wanted)).toBe(true);
    expect(await createOrganization(testEnv, wanted)).toBe(false);
  });
});

/** A meter that cannot be told, and can be emptied. */
const brokenMeter = (name: string) => ({
  setPlan: () => Promise.reject(new Error('unreachable')),
  erase: () => (testEnv.METER.getByName(name) as unknown as { erase(): Promise<unknown> }).erase(),
});
