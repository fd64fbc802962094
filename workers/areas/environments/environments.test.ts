import { runInDurableObject } from 'cloudflare:test';
import { describe, it } from 'vitest';
import type { Workflow } from '../../../core/graph/document.ts';
import { runnerOf, tenantOf } from '../../../durable-objects/stubs.ts';
import { apiFor, fetchWorker, testEnv } from '../../kit/testing.ts';
import type { Caller } from '../../kit/testing.ts';

const node = (id: string, type: string, version: number, parameters: object) => ({
  id,
  name: id,
  type,
  version,
  parameters,
  position: [0, 0],
});

/** Answers with the value of one variable. */
const asking = (path: string, variable = '$vars.GREETING'): Workflow =>
  ({
    schema: 1,
    name: path,
    nodes: [
      node('hook', 'webhook', 2, { httpMethod: 'POST', path, responseMode: 'lastNode', options: {} }),
      node('set', 'set', 3.4, {
        assignments: { assignments: [{ id: 'a', name: 'said', type: 'string', value: `={{ ${variable} }}` }] },
        options: {},
      }),
    ],
    edges: [{ from: { node: 'hook', port: 'main', index: 0 }, to: { node: 'set', port: 'main', index: 0 } }],
    settings: {},
    notes: [],
    pinned: [],
  }) as unknown as Workflow;

async function made(api: Caller, path: string, variable?: string): Promise<string> {
  return (await api('POST /v1/workflows', { body: asking(path, variable) })).body['id'] as string;
}

const say = async (path: string) => {
  const response = await fetchWorker(path, { method: 'POST', body: '{}' });
  return { status: response.status, body: (await response.json()) as { said?: unknown; code?: string } };
};

const set = (api: Caller, environment: string, value: string, name = 'GREETING') =>
  api('PUT /v1/variables/{environment}/{name}', { params: { environment, name }, body: { value } });

describe('environments', () => {
  it('[ENV2] [ENV3] [ENV5] publish side by side, each with its own address and variables', async ({ expect }) => {
    const api = await apiFor('env-beside');
    const id = await made(api, 'greet');
    await set(api, 'production', 'good day');
    await set(api, 'staging', 'moin');
    await api('POST /v1/workflows/{id}/publish', { params: { id } });
    const staged = await api('POST /v1/workflows/{id}/publish', { params: { id }, query: { environment: 'staging' } });
    expect(staged.body['hooks']).toEqual([
      { method: 'POST', url: 'https://millrace.test/hooks/env-beside/~staging/greet', node: 'hook' },
    ]);
    expect(await say('/hooks/env-beside/greet')).toEqual({ status: 200, body: { said: 'good day' } });
    expect(await say('/hooks/env-beside/~staging/greet')).toEqual({ status: 200, body: { said: 'moin' } });
    expect((await say('/hooks/env-beside/~development/greet')).status).toBe(404);
    // a change is seen by the very next run
    await set(api, 'staging', 'tach');
    expect((await say('/hooks/env-beside/~staging/greet')).body.said).toBe('tach');
    const { environments } = (await api('GET /v1/environments')).body as { environments: object[] };
    expect(environments).toMatchObject([
      { name: 'development', published: 0 },
      { name: 'staging', published: 1, hooks: 'https://millrace.test/hooks/env-beside/~staging/' },
      { name: 'production', published: 1 },
    ]);
    await api('POST /v1/workflows/{id}/unpublish', { params: { id } });
    expect((await say('/hooks/env-beside/greet')).status).toBe(404);
    expect((await say('/hooks/env-beside/~staging/greet')).status).toBe(200);
    await api('DELETE /v1/workflows/{id}', { params: { id } });
    expect((await say('/hooks/env-beside/~staging/greet')).status).toBe(404);
  });

  it('[ENV7] promotes exactly the version that is published, once the environment has what it names', async ({
    expect,
  }) => {
    const api = await apiFor('env-promote');
    const id = await made(api, 'greet');
    const promote = (body: object) => api('POST /v1/workflows/{id}/promote', { params: { id }, body });
    expect(await promote({ from: 'staging', to: 'production' })).toMatchObject({
      status: 409,
      body: { code: 'not-published-there' },
    });
    await api('POST /v1/workflows/{id}/publish', { params: { id }, query: { environment: 'staging' } });
    await api('PUT /v1/workflows/{id}', { params: { id }, body: { ...asking('greet'), name: 'edited since' } });
    expect(await promote({ from: 'staging', to: 'production' })).toMatchObject({
      status: 409,
      body: { code: 'promotion-incomplete', errors: [{ code: 'variable-missing', message: 'GREETING' }] },
    });
    await set(api, 'production', 'hello');
    expect(await promote({ from: 'staging', to: 'production' })).toMatchObject({
      status: 200,
      body: { version: 1, environment: 'production', missing: { variables: [], credentials: [] } },
    });
    expect((await say('/hooks/env-promote/greet')).body.said).toBe('hello');
    expect(await promote({ from: 'staging', to: 'nowhere' })).toMatchObject({
      status: 404,
      body: { code: 'environment-unknown' },
    });
    const { versions } = (await api('GET /v1/workflows/{id}/versions', { params: { id } })).body;
    expect(versions).toMatchObject([{ version: 1, published: true, environments: ['production', 'staging'] }]);
  });

  it('[ENV1] starts, drafts and run lists say the environment', async ({ expect }) => {
    const api = await apiFor('env-start');
    const id = await made(api, 'greet');
    await set(api, 'development', 'dev');
    const run = await api('POST /v1/workflows/{id}/runs', {
      params: { id },
      query: { wait: '5s' },
      body: { environment: 'development', node: 'set' },
    });
    expect(run.body['version']).toMatch(/^draft:[0-9a-f]{16}@development$/);
    expect(JSON.stringify(run.body['nodes'])).toContain('"said":"dev"');
    expect(
      (await api('POST /v1/workflows/{id}/runs', { params: { id }, body: { environment: 'mars' } })).body['code'],
    ).toBe('environment-unknown');
  });

  it('[ENV4] an idempotency key of one environment says nothing in another', async ({ expect }) => {
    const api = await apiFor('env-keys');
    const id = await made(api, 'greet');
    for (const environment of ['staging', 'production']) {
      await set(api, environment, environment);
      await api('POST /v1/workflows/{id}/publish', { params: { id }, query: { environment } });
    }
    const post = async (path: string) => {
      const response = await fetchWorker(path, { method: 'POST', headers: { 'idempotency-key': 'one' } });
      return response.json();
    };
    expect(await post('/hooks/env-keys/greet')).toEqual({ said: 'production' });
    expect(await post('/hooks/env-keys/~staging/greet')).toEqual({ said: 'staging' });
    expect(await post('/hooks/env-keys/~staging/greet')).toMatchObject({ duplicate: true });
  });

  it('[ENV6] a secret variable is never shown; expressions get a placeholder', async ({ expect }) => {
    const api = await apiFor('env-secret');
    const id = await made(api, 'leak');
    const canary = 'canary-3f9a1c77';
    const put = await api('PUT /v1/variables/{environment}/{name}', {
      params: { environment: 'production', name: 'GREETING' },
      body: { value: canary, secret: true },
    });
    expect(put.body).toMatchObject({ secret: true, set: true });
    await api('POST /v1/workflows/{id}/publish', { params: { id } });
    const { body } = await say('/hooks/env-secret/leak');
    expect(body.said).toMatch(/^millrace-secret\.production\.GREETING\.[0-9a-f]{32}$/);
    const seen = JSON.stringify([put.body, body, (await api('GET /v1/variables')).body]);
    expect(seen).not.toContain(canary);
    const rows = await testEnv.DB.prepare('SELECT * FROM variables WHERE tenant_id = ?').bind('env-secret').all();
    expect(JSON.stringify(rows.results)).not.toContain(canary);
    await runInDurableObject(testEnv.RUNNER.getByName('env-secret/shard-0'), (_, { storage }) => {
      const kept = storage.sql.exec('SELECT * FROM meta').toArray();
      expect(JSON.stringify(kept)).not.toContain(canary);
    });
  });

  it('[ENV9] another credential takes the place of the one a webhook names, or none may', async ({ expect }) => {
    const api = await apiFor('env-bound');
    const made1 = async (value: string) =>
      String(
        (
          await api('POST /v1/credentials', {
            body: { type: 'httpHeaderAuth', name: value, values: { name: 'x-pass', value } },
          })
        ).body['id'],
      );
    const [one, two] = [await made1('first-pass'), await made1('second-pass')];
    const guarded = asking('guarded', "'in'");
    const [hook] = guarded.nodes as unknown as { parameters: object; credentials?: object }[];
    Object.assign(hook?.parameters ?? {}, { authentication: 'headerAuth' });
    Object.assign(hook ?? {}, { credentials: { httpHeaderAuth: { id: one, name: 'one' } } });
    const id = String((await api('POST /v1/workflows', { body: guarded })).body['id']);
    const bind = (name: string, uses: string | null) =>
      api('PUT /v1/environments/{name}/credentials/{id}', { params: { name, id: one }, body: { uses } });
    expect((await bind('staging', two)).body).toEqual({ credential: one, uses: two });
    expect((await bind('nowhere', two)).body['code']).toBe('environment-unknown');
    expect((await bind('staging', 'cred_of_nobody')).body['code']).toBe('credential-unknown');
    for (const environment of ['staging', 'production']) {
      await api('POST /v1/workflows/{id}/publish', { params: { id }, query: { environment } });
    }
    const call = async (path: string, pass: string) =>
      (await fetchWorker(path, { method: 'POST', headers: { 'x-pass': pass } })).status;
    expect(await call('/hooks/env-bound/guarded', 'first-pass')).toBe(200);
    expect(await call('/hooks/env-bound/guarded', 'second-pass')).toBe(403);
    expect(await call('/hooks/env-bound/~staging/guarded', 'second-pass')).toBe(200);
    expect(await call('/hooks/env-bound/~staging/guarded', 'first-pass')).toBe(403);
    await bind('development', null);
    const promote = { params: { id }, body: { from: 'staging', to: 'development' } };
    expect((await api('POST /v1/workflows/{id}/promote', promote)).body).toMatchObject({
      code: 'promotion-incomplete',
      errors: [{ code: 'credential-missing' }],
    });
    const { bindings } = (await api('GET /v1/environments/{name}/credentials', { params: { name: 'staging' } })).body;
    expect(bindings).toEqual([{ credential: one, uses: two }]);
    const gone = { params: { name: 'staging', id: one } };
    expect((await api('DELETE /v1/environments/{name}/credentials/{id}', gone)).status).toBe(204);
  });

  it('takes names like __proto__, and keeps them apart', async ({ expect }) => {
    const api = await apiFor('env-names');
    const id = await made(api, 'greet', "$vars['__proto__']");
    await set(api, 'production', 'own', '__proto__');
    await set(api, 'staging', 'other', 'constructor');
    await api('POST /v1/workflows/{id}/publish', { params: { id } });
    expect((await say('/hooks/env-names/greet')).body.said).toBe('own');
    await api('DELETE /v1/variables/{environment}/{name}', {
      params: { environment: 'production', name: '__proto__' },
    });
    expect((await say('/hooks/env-names/greet')).body.said ?? null).toBeNull();
  });

  it('can be made and removed while nothing is published there', async ({ expect }) => {
    const api = await apiFor('env-own');
    const id = await made(api, 'greet');
    expect((await api('POST /v1/environments', { body: { name: 'preview' } })).status).toBe(201);
    expect((await api('POST /v1/environments', { body: { name: 'staging' } })).body['code']).toBe('environment-exists');
    expect((await api('POST /v1/environments', { body: { name: '../x' } })).status).toBe(400);
    const publish = { params: { id }, query: { environment: 'preview' } };
    await set(api, 'preview', 'look');
    expect((await api('POST /v1/workflows/{id}/publish', publish)).status).toBe(200);
    expect((await say('/hooks/env-own/~preview/greet')).body.said).toBe('look');
    const remove = { params: { name: 'preview' } };
    expect((await api('DELETE /v1/environments/{name}', remove)).body['code']).toBe('environment-in-use');
    await api('POST /v1/workflows/{id}/unpublish', publish);
    expect((await api('DELETE /v1/environments/{name}', remove)).status).toBe(204);
    expect((await api('DELETE /v1/environments/{name}', { params: { name: 'production' } })).status).toBe(409);
  });
});

describe('a suspended tenant', () => {
  it('starts nothing and shows nothing to callers until it is active again', async ({ expect }) => {
    const api = await apiFor('env-hold');
    const id = await made(api, 'greet');
    await set(api, 'production', 'hello');
    await api('POST /v1/workflows/{id}/publish', { params: { id } });
    const registry = tenantOf(testEnv, 'env-hold');
    await registry.setStanding({ standing: 'suspended', reason: 'test', by: 'owner' });
    expect(await say('/hooks/env-hold/greet')).toMatchObject({ status: 423, body: { code: 'organization-suspended' } });
    expect(
      await runnerOf(testEnv, 'env-hold', 0).start({ source: { workflow: id, version: '1' }, mode: 'production' }),
    ).toMatchObject({ ok: false, error: { status: 423 } });
    await registry.setStanding({ standing: 'active', reason: '', by: 'owner' });
    await expect.poll(async () => (await say('/hooks/env-hold/greet')).status).toBe(200);
  });
});
