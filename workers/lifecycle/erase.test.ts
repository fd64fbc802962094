import { env } from 'cloudflare:workers';
import { runInDurableObject } from 'cloudflare:test';
import { describe, it } from 'vitest';
import { fromBase64 } from '../../core/data/base64.ts';
import { canonical } from '../../core/data/canonical.ts';
import { auditOf, runnerOf, tenantOf } from '../../durable-objects/stubs.ts';
import { d1Directory } from '../areas/tenant/store.ts';
import { caller, fetchWorker, tenantWithKey, testEnv } from '../kit/testing.ts';
import type { Caller } from '../kit/testing.ts';
import type { Certificate } from './certificate.ts';
import { isGenuine } from './certificate.ts';
import { eraseDue } from './erase.ts';
import { objectsOf, registryOf } from './objects.ts';
import { tenantTables } from './rows.ts';

const CANARY = 'canary-5d2e91b0';

const node = (id: string, type: string, version: number, parameters: object) => ({
  id,
  name: id,
  type,
  version,
  parameters,
  position: [0, 0],
});

/** Keeps data from run to run, and answers with what it was sent. */
const document = {
  schema: 1,
  name: CANARY,
  nodes: [
    node('hook', 'webhook', 2, { httpMethod: 'POST', path: 'keep', responseMode: 'lastNode', options: {} }),
    node('once', 'remove-duplicates', 2, {
      operation: 'removeItemsSeenInPreviousExecutions',
      logic: 'removeItemsWithAlreadySeenKeyValues',
      dedupeValue: '={{ $json.body.said }}',
      options: {},
    }),
  ],
  edges: [{ from: { node: 'hook', port: 'main', index: 0 }, to: { node: 'once', port: 'main', index: 0 } }],
  settings: {},
  notes: [],
  pinned: [],
};

const call = (tenant: string, said: string) =>
  fetchWorker(`/hooks/${tenant}/keep`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ said }),
  });

/** Puts the canary wherever a tenant can put something. */
async function plant(api: Caller, tenant: string): Promise<void> {
  const done = async (key: string, init: Parameters<Caller>[1]): Promise<Record<string, unknown>> => {
    const { status, body } = await api(key, init);
    if (status >= 300) throw new Error(`${key}: ${status} ${JSON.stringify(body)}`);
    return body;
  };
  const id = String((await done('POST /v1/workflows', { body: document }))['id']);
  await done('POST /v1/workflows/{id}/publish', { params: { id } });
  await done('POST /v1/workflows/{id}/publish', { params: { id }, query: { environment: 'staging' } });
  const variable = { environment: 'production', name: 'CANARY' };
  await done('PUT /v1/variables/{environment}/{name}', { params: variable, body: { value: CANARY } });
  await done('POST /v1/credentials', {
    body: { type: 'httpHeaderAuth', name: CANARY, values: { name: 'x-canary', value: CANARY } },
  });
  const table = await done('POST /v1/data-tables', {
    body: { name: CANARY, columns: [{ name: 'said', type: 'string' }] },
  });
  await done('POST /v1/data-tables/{id}/rows', {
    params: { id: String(table['id']) },
    body: { rows: [{ said: CANARY }] },
  });
  await done('POST /v1/hello', { body: { text: CANARY } });
  await testEnv.FILES.put(`t/${tenant}/files/${CANARY}.txt`, CANARY);
  await testEnv.FILES.put(`t/${tenant}/values/0/one`, JSON.stringify({ CANARY }));
  const answer = await call(tenant, CANARY);
  if (answer.status !== 200) throw new Error(`hook: ${answer.status} ${await answer.text()}`);
}

/** Every place of D1 and R2 that holds a text. */
async function placesOf(text: string): Promise<string[]> {
  const { results: tables } = await testEnv.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '_cf_%' AND name NOT LIKE 'sqlite_%'",
  ).all<{ name: string }>();
  const found: string[] = [];
  for (const { name } of tables) {
    const { results } = await testEnv.DB.prepare(`SELECT * FROM "${name}"`).all();
    if (JSON.stringify(results).includes(text)) found.push(`d1:${name}`);
  }
  const { objects } = await testEnv.FILES.list();
  for (const { key } of objects) {
    const body = await (await testEnv.FILES.get(key))?.text();
    if (key.includes(text) || body?.includes(text)) found.push(`r2:${key}`);
  }
  return found;
}

const NAMES: [keyof typeof testEnv, string][] = [
  ['RUNNER', '/shard-0'],
  ['TABLES', '/tables'],
  ['QUERIES', '/queries'],
  ['METER', ''],
  ['AUDIT', ''],
  ['TENANT', ''],
];

/** Tables left in a tenant's objects. */
async function left(tenant: string): Promise<string[]> {
  const found: string[] = [];
  for (const [binding, suffix] of NAMES) {
    const namespace = testEnv[binding] as DurableObjectNamespace;
    await runInDurableObject(namespace.getByName(tenant + suffix), async (_, { storage }) => {
      const rows = storage.sql
        .exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '_cf_%'")
        .toArray();
      for (const { name } of rows) {
        const content = JSON.stringify(storage.sql.exec(`SELECT * FROM "${name}"`).toArray());
        if (content !== '[]' && name !== 'migrations') found.push(`${binding}:${name}`);
      }
      if ((await storage.getAlarm()) !== null) found.push(`${binding}: alarm`);
    });
  }
  return found;
}

const operator = (path: string, init: RequestInit = {}) =>
  fetchWorker(`/internal/organizations${path}`, {
    ...init,
    headers: { 'x-deployment-key': 'test-deployment-key', 'content-type': 'application/json' },
  });

describe('[LIF4] deleting an organization', () => {
  it('leaves nothing of it anywhere, and touches no other', async ({ expect }) => {
    const [key, otherKey] = [await tenantWithKey('gone'), await tenantWithKey('stays')];
    const [api, other] = [caller(key), caller(otherKey)];
    await plant(api, 'gone');
    await plant(other, 'stays');
    expect((await placesOf(CANARY)).length).toBeGreaterThan(6);
    expect((await left('gone')).length).toBeGreaterThan(4);

    const refused = await api('DELETE /v1/organization', { body: { confirm: 'stays', graceDays: 0 } });
    expect(refused).toMatchObject({ status: 400, body: { code: 'confirmation-wrong' } });
    const asked = await api('DELETE /v1/organization', { body: { confirm: 'gone', graceDays: 0 } });
    expect(asked.status).toBe(202);
    const receipt = new URL(String(asked.body['certificate'])).pathname;
    expect((await fetchWorker('/hooks/gone/keep', { method: 'POST' })).status).toBeGreaterThanOrEqual(400);
    await eraseDue(testEnv, Date.now() + 1);

    await expect.poll(async () => (await fetchWorker(receipt)).status, { timeout: 15_000 }).toBe(200);
    const certificate: Certificate = await (await fetchWorker(receipt)).json();
    expect(await isGenuine(certificate)).toBe(true);
    const changed = { ...certificate, statement: { ...(certificate.statement as object), organization: 'stays' } };
    expect(await isGenuine(changed)).toBe(false);
    const statement = certificate.statement as Record<string, unknown>;
    expect(statement).toMatchObject({
      format: 'millrace.erasure/1',
      organization: 'gone',
      auditLog: { seq: expect.any(Number) as number, hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
      removed: {
        rows: {
          workflows: 1,
          workflow_versions: 1,
          variables: 1,
          credentials: 1,
          vault_keys: 1,
          hello_notes: 1,
          tenants: 1,
        },
        files: { objects: 2 },
      },
    });

    // reads wait a moment for company before they are recorded
    await new Promise((later) => setTimeout(later, 600));
    expect(await left('gone')).toEqual([]);
    const places = await placesOf(CANARY);
    expect(places.filter((place) => place.includes('t/gone/'))).toEqual([]);
    for (const table of await tenantTables(testEnv.DB)) {
      if (table === 'erasures') continue;
      const { results } = await testEnv.DB.prepare(`SELECT * FROM "${table}" WHERE tenant_id = 'gone'`).all();
      expect(results, table).toEqual([]);
    }
    expect((await tenantOf(testEnv, 'gone').profile()).ok).toBe(false);
    await expect.poll(async () => (await api('GET /v1/workflows')).status, { timeout: 3_000 }).toBe(401);
    expect((await fetchWorker('/hooks/gone/keep', { method: 'POST' })).status).toBe(404);
    // a note that comes late does not begin the log again
    await auditOf(testEnv, 'gone').append([]);
    expect(await left('gone')).toEqual([]);

    // [LIF6]
    expect(await d1Directory(testEnv.DB).claim('gone', Date.now())).toBe(false);
    expect((await other('GET /v1/workflows')).body['workflows']).toHaveLength(1);
    expect(places.some((place) => place === 'd1:workflows')).toBe(true);
    expect((await call('stays', 'other')).status).toBe(200);
  });

  it('[LIF4] knows every kind of object there is', ({ expect }) => {
    const known = [
      ...objectsOf(testEnv, 'any', { shards: 1, credentials: ['cred_0123456789abcdef'] }),
      registryOf(testEnv, 'any'),
    ].map(({ binding }) => binding);
    const bound = Object.entries(env as object)
      .filter(([, value]) => Object.prototype.toString.call(value) === '[object DurableObjectNamespace]')
      .map(([name]) => name);
    expect(new Set(known)).toEqual(new Set(bound));
  });

  it('[LIF5] is checked by others with the public key alone', async ({ expect }) => {
    await tenantWithKey('certified');
    const response = await operator('/certified', { method: 'DELETE', body: '{"graceDays":0}' });
    const { statement, publicKey, signature }: Certificate = await response.json();
    const head = [0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0];
    const spki = Uint8Array.from([...head, ...fromBase64(publicKey)]);
    const key = await crypto.subtle.importKey('spki', spki, 'Ed25519', false, ['verify']);
    const text = new TextEncoder().encode(canonical(statement));
    expect(await crypto.subtle.verify('Ed25519', key, fromBase64(signature), text)).toBe(true);
    expect((await (await operator('/certified/certificate')).json()) as object).toMatchObject({ publicKey });
  });

  it('[LIF3] waits out its grace, and can be taken back until then', async ({ expect }) => {
    const key = await tenantWithKey('second-thoughts');
    const api = caller(key);
    await plant(api, 'second-thoughts');
    const asked = await api('DELETE /v1/organization', { body: { confirm: 'second-thoughts', graceDays: 3 } });
    await eraseDue(testEnv, Date.now() + 2 * 86_400_000);
    expect((await api('GET /v1/organization')).body).toMatchObject({
      standing: 'deleting',
      deleteAt: asked.body['deleteAt'],
    });
    expect((await api('POST /v1/hello', { body: { text: 'x' } })).body['code']).toBe('organization-suspended');
    expect((await api('POST /v1/organization/restore')).body).toMatchObject({ standing: 'active', deleteAt: null });
    await eraseDue(testEnv, Date.now() + 4 * 86_400_000);
    expect((await api('POST /v1/hello', { body: { text: 'x' } })).status).toBe(201);
    expect((await call('second-thoughts', 'again')).status).toBe(200);
  });
});

describe('[LIF1] [LIF2] suspending an organization', () => {
  it('stops changes and runs, not reading; the operator’s word is the last', async ({ expect }) => {
    const api = caller(await tenantWithKey('held'));
    await plant(api, 'held');
    expect((await api('POST /v1/organization/suspend', { body: { reason: 'holidays' } })).body).toMatchObject({
      standing: 'suspended',
      standingReason: 'holidays',
      standingBy: 'owner',
    });
    const { status, body } = await api('POST /v1/hello', { body: { text: 'x' } });
    expect([status, body['code']]).toEqual([423, 'organization-suspended']);
    expect((await api('GET /v1/workflows')).status).toBe(200);
    expect((await fetchWorker('/hooks/held/keep', { method: 'POST' })).status).toBe(423);
    expect((await api('POST /v1/organization/resume')).body).toMatchObject({ standing: 'active' });
    expect((await api('POST /v1/hello', { body: { text: 'x' } })).status).toBe(201);

    expect((await operator('/held/suspend', { method: 'POST', body: '{"reason":"unpaid"}' })).status).toBe(200);
    expect((await api('POST /v1/organization/resume')).body).toMatchObject({ code: 'operator-only' });
    expect((await api('DELETE /v1/organization', { body: { confirm: 'held' } })).body['code']).toBe('operator-only');
    expect((await operator('/held/resume', { method: 'POST' })).status).toBe(200);
    const { records } = (await api('GET /v1/audit', { query: { action: 'operator.*' } })).body as { records: object[] };
    expect(records).toMatchObject([
      { action: 'operator.resume', actor: { kind: 'operator' } },
      { action: 'operator.suspend' },
    ]);
  });

  it('is shown to the operator alone', async ({ expect }) => {
    await tenantWithKey('listed');
    const { organizations } = (await (await operator('?after=liste')).json()) as { organizations: { id: string }[] };
    expect(organizations.map(({ id }) => id)).toContain('listed');
    expect((await fetchWorker('/internal/organizations')).status).toBe(401);
    expect((await operator('/nobody/suspend', { method: 'POST' })).status).toBe(404);
    expect((await operator('/listed/explode', { method: 'POST' })).status).toBe(404);
    expect((await operator('/listed/suspend', { method: 'POST', body: '{"reason":1}' })).status).toBe(400);
    expect((await operator('/listed/suspend')).status).toBe(405);
  });

  it('keeps effects and timers back until it is resumed', async ({ expect }) => {
    await tenantWithKey('parked');
    const registry = tenantOf(testEnv, 'parked');
    await registry.setStanding({ standing: 'suspended', reason: '', by: 'owner' });
    const runner = runnerOf(testEnv, 'parked', 0);
    const start = { source: { workflow: 'wf_x', version: '1' }, mode: 'production' as const };
    expect(await runner.start(start)).toMatchObject({ ok: false, error: { code: 'organization-suspended' } });
    await registry.setStanding({ standing: 'active', reason: '', by: 'owner' });
    expect(await runner.start(start)).toMatchObject({ ok: false, error: { code: 'version-unknown' } });
  });
});
