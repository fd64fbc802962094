import { describe, it } from 'vitest';
import { dataKeys } from '../areas/credentials/keys.ts';
import { apiFor, fetchWorker, testEnv } from '../kit/testing.ts';
import { DeploymentKeys } from './deployment-keys.ts';
import { Records, type VaultEnv } from './records.ts';
import { vaultResolver } from './resolver.ts';
import { dataKeyStates, dropUnused, resealSome, rewrapSome } from './rotation.ts';
import { d1Credentials } from './store.ts';

const CANARY = 'canary-rotates-91c2';
const NEW = 'a-new-deployment-key-that-is-long-enough';
const OLD = 'test-deployment-key';
const type = 'httpBasicAuth';

async function held(tenant: string, count = 1) {
  const api = await apiFor(tenant);
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    const body = { type, name: `C${n}`, values: { user: 'ada', password: `${CANARY}-${n}` } };
    ids.push((await api('POST /v1/credentials', { body })).body['id'] as string);
  }
  return { api, ids };
}

const passwordOf = async (env: VaultEnv, tenant: string, id: string): Promise<unknown> =>
  (await vaultResolver(env).resolve(tenant, { type, ref: { id } })).values.get('password');

const wrappers = async (tenant: string): Promise<unknown[]> =>
  (await testEnv.DB.prepare('SELECT wrapped_by FROM vault_keys WHERE tenant_id = ?').bind(tenant).all()).results.map(
    (row) => row['wrapped_by'],
  );

describe('[CRD9] exchanging the deployment key', () => {
  it('opens under old and new, wraps anew, and then needs the old one no more', async ({ expect }) => {
    const { ids } = await held('rot-deploy');
    const [id = ''] = ids;
    const both: VaultEnv = { DB: testEnv.DB, DEPLOYMENT_KEY: NEW, DEPLOYMENT_KEYS_OLD: `other, ${OLD}` };
    const onlyNew: VaultEnv = { DB: testEnv.DB, DEPLOYMENT_KEY: NEW };
    expect(await passwordOf(both, 'rot-deploy', id)).toBe(`${CANARY}-0`);
    await expect(passwordOf(onlyNew, 'rot-deploy', id)).rejects.toMatchObject({ code: 'vault-closed' });
    const keys = await DeploymentKeys.of(both);
    for (let after: { tenant: string; id: string } | undefined, first = true; first || after; first = false) {
      // One at a time: wherever it stops, everything opens.
      const done = await rewrapSome(testEnv.DB, keys, { limit: 1, after });
      expect(await passwordOf(both, 'rot-deploy', id)).toBe(`${CANARY}-0`);
      ({ after } = done);
    }
    expect(await wrappers('rot-deploy')).toEqual([keys.newest.id]);
    expect(await passwordOf(onlyNew, 'rot-deploy', id)).toBe(`${CANARY}-0`);
    await expect(passwordOf(testEnv, 'rot-deploy', id)).rejects.toMatchObject({ code: 'vault-closed' });
    // And back, so that what the others stored opens again; what no key opens is counted, not lost.
    const back = await DeploymentKeys.of({ DEPLOYMENT_KEY: OLD });
    expect(await rewrapSome(testEnv.DB, back, { limit: 100 })).toMatchObject({
      rewrapped: 0,
      closed: expect.any(Number),
    });
    expect(await wrappers('rot-deploy')).toEqual([keys.newest.id]);
    await rewrapSome(testEnv.DB, await DeploymentKeys.of({ DEPLOYMENT_KEY: OLD, DEPLOYMENT_KEYS_OLD: NEW }), {
      limit: 100,
    });
    expect(await passwordOf(testEnv, 'rot-deploy', id)).toBe(`${CANARY}-0`);
  });

  it('is asked for with the deployment key only', async ({ expect }) => {
    const ask = async (headers: Record<string, string>, body = '{}') =>
      (await fetchWorker('/internal/vault/rewrap', { method: 'POST', headers, body })).status;
    expect(await ask({})).toBe(401);
    expect(await ask({ 'x-deployment-key': 'wrong' })).toBe(401);
    expect(await ask({ 'x-deployment-key': OLD })).toBe(200);
    expect(await ask({ 'x-deployment-key': OLD }, '{"limit":0}')).toBe(400);
  });
});

describe('[CRD10] exchanging a tenant’s data key', () => {
  it('seals everything anew by the job, and stops harmlessly anywhere', async ({ expect }) => {
    const { api, ids } = await held('rot-tenant', 5);
    const store = d1Credentials(testEnv.DB, 'rot-tenant');
    const records = () => new Records(testEnv, 'rot-tenant', () => Date.now());
    const asked: string[] = [];
    const keys = () =>
      dataKeys({
        db: testEnv.DB,
        store,
        records: records(),
        now: () => Date.now(),
        later: (key) => Promise.resolve(void asked.push(key)),
      });
    expect(await keys().rotate()).toMatchObject({ keys: [{ id: 'k2' }, { id: 'k1' }], left: 5 });
    // Repeated before the end it makes no third key.
    expect(await keys().rotate()).toMatchObject({ keys: [{ id: 'k2' }, { id: 'k1' }], left: 5 });
    expect(asked).toEqual(['k2', 'k2']);
    for (let looked = 1; looked > 0;) {
      looked = await resealSome(records(), store, 2);
      for (const [n, id] of ids.entries()) expect(await passwordOf(testEnv, 'rot-tenant', id)).toBe(`${CANARY}-${n}`);
    }
    const { body } = await api('GET /v1/credential-keys');
    const [newest, ...older] = body['keys'] as { credentials: number }[];
    expect([newest?.credentials, ...older.map(({ credentials }) => credentials)]).toEqual([5, ...older.map(() => 0)]);
    expect(body['left']).toBe(0);
  });

  it('is asked for over HTTP, and done by a job', async ({ expect }) => {
    const { api, ids } = await held('rot-http', 3);
    expect(await api('POST /v1/credential-keys/rotate')).toMatchObject({
      status: 202,
      body: { keys: [{ id: 'k2' }, {}] },
    });
    await expect
      .poll(async () => (await api('GET /v1/credential-keys')).body['left'], { timeout: 15_000, interval: 300 })
      .toBe(0);
    expect(await passwordOf(testEnv, 'rot-http', ids[2] ?? '')).toBe(`${CANARY}-2`);
  });

  it('seals anew what is used', async ({ expect }) => {
    const { ids } = await held('rot-lazy');
    const [id = ''] = ids;
    await (await new Records(testEnv, 'rot-lazy', () => Date.now()).keys()).next();
    expect(await passwordOf(testEnv, 'rot-lazy', id)).toBe(`${CANARY}-0`);
    expect((await d1Credentials(testEnv.DB, 'rot-lazy').get(id))?.keyId).toBe('k2');
  });

  it('never overwrites what was changed meanwhile', async ({ expect }) => {
    const { api, ids } = await held('rot-race');
    const [id = ''] = ids;
    const store = d1Credentials(testEnv.DB, 'rot-race');
    const records = new Records(testEnv, 'rot-race', () => Date.now());
    const row = await store.get(id);
    if (!row) throw new Error('gone');
    const values = { user: 'ada', password: 'changed-meanwhile' };
    await api('PUT /v1/credentials/{id}', { params: { id }, body: { name: 'C0', values } });
    expect(await store.reseal(row, await records.seal(row, await records.open(row)))).toBe(false);
    expect(await passwordOf(testEnv, 'rot-race', id)).toBe('changed-meanwhile');
  });

  it('removes a data key an hour after it was succeeded, and never one that is needed', async ({ expect }) => {
    const { ids } = await held('rot-drop');
    const [id = ''] = ids;
    await (await new Records(testEnv, 'rot-drop', () => Date.now()).keys()).next();
    const later = Date.now() + 2 * 3_600_000;
    const left = async () => (await dataKeyStates(testEnv.DB, 'rot-drop')).map((key) => key.id);
    await dropUnused(testEnv.DB, 'rot-drop', later);
    expect(await left()).toEqual(['k2', 'k1']);
    await passwordOf(testEnv, 'rot-drop', id);
    await dropUnused(testEnv.DB, 'rot-drop', Date.now());
    expect(await left()).toEqual(['k2', 'k1']);
    await dropUnused(testEnv.DB, 'rot-drop', later);
    expect(await left()).toEqual(['k2']);
    expect(await passwordOf(testEnv, 'rot-drop', id)).toBe(`${CANARY}-0`);
  });
});
