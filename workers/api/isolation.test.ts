import { describe, it } from 'vitest';
import { AREAS } from '../areas.generated.ts';
import { chain, node } from '../areas/workflows/testing.ts';
import { apiFor, caller, fetchWorker } from '../kit/testing.ts';

const WAITS = chain('Secret name', node('Start', 'manual', 1), node('Wait', 'wait', 1.1, { resume: 'webhook' }));

/** A tenant with one of everything, and the ids of it. */
async function tenantWithEverything(tenant: string) {
  const api = await apiFor(tenant);
  const workflow = (await api('POST /v1/workflows', { body: WAITS })).body['id'] as string;
  await api('POST /v1/workflows/{id}/publish', { params: { id: workflow } });
  const run = (await api('POST /v1/workflows/{id}/runs', { params: { id: workflow }, query: { wait: '5s' } })).body[
    'id'
  ] as string;
  const note = (await api('POST /v1/hello', { body: { text: 'Secret note' } })).body['id'] as string;
  const key = (await api('POST /v1/keys', { body: { name: 'Secret key' } })).body['id'] as string;
  const secret = { type: 'httpBearerAuth', name: 'Secret credential', values: { token: 'Secret token' } };
  const credential = (await api('POST /v1/credentials', { body: secret })).body['id'] as string;
  const table = { name: 'Secret table', columns: [{ name: 'a', type: 'string' }] };
  const dataTable = (await api('POST /v1/data-tables', { body: table })).body['id'] as string;
  const role = (await api('POST /v1/roles', { body: { name: 'Secret role', scopes: ['runs:read'] } })).body[
    'id'
  ] as string;
  const program = { name: 'Secret program', role: 'guest' };
  const account = (await api('POST /v1/service-accounts', { body: program })).body['id'] as string;
  const given = { to: { kind: 'service', id: account }, role, on: { kind: 'organization' } };
  const grant = (await api('POST /v1/grants', { body: given })).body['id'] as string;
  const made = { roles: role, grants: grant, 'service-accounts': account };
  return {
    api,
    ids: {
      ...made,
      'data-tables': dataTable,
      credentials: credential,
      workflows: workflow,
      runs: run,
      hello: note,
      keys: key,
    },
  };
}

const ANY_ROW = { conditions: [{ column: 'id', operator: 'gt', value: 0 }] };

const BODIES: Record<string, unknown> = {
  'PUT /v1/roles/{id}': { name: 'Stolen', scopes: ['runs:read'] },
  'PATCH /v1/service-accounts/{id}': { name: 'Stolen' },
  'POST /v1/service-accounts/{id}/keys': { name: 'Stolen' },
  'PATCH /v1/data-tables/{id}': { name: 'Stolen' },
  'POST /v1/data-tables/{id}/rows': { rows: [{ a: 'x' }] },
  'PATCH /v1/data-tables/{id}/rows': { filter: ANY_ROW, values: { a: 'x' } },
  'DELETE /v1/data-tables/{id}/rows': { filter: ANY_ROW },
  'POST /v1/data-tables/{id}/csv': 'a\nx\n',
  'PUT /v1/credentials/{id}': { name: 'Stolen', values: { token: 'x' } },
  'PUT /v1/workflows/{id}': { ...WAITS, name: 'Stolen' },
  'POST /v1/workflows/{id}/rollback': { version: 1 },
  'POST /v1/runs/{id}/resolve': { step: 0, decision: 'fail' },
  'POST /v1/runs/{id}/migrate': { version: 1 },
};

describe('[API10] another tenant', () => {
  it('finds nothing by any id, on any route, and changes nothing', async ({ expect }) => {
    const ours = await tenantWithEverything('iso-ours');
    const theirs = await apiFor('iso-theirs');
    const before = (await ours.api('GET /v1/runs/{id}', { params: { id: ours.ids.runs } })).body;
    let tried = 0;
    for (const { name, routes } of AREAS) {
      for (const { route } of routes.filter((each) => each.route.params)) {
        const id = ours.ids[name as keyof typeof ours.ids];
        if (id === undefined) throw new Error(`Make something of the area ${name} above, so that this test covers it.`);
        const body = BODIES[route.key];
        const answer = await theirs(route.key, { params: { id, key: id }, ...(body === undefined ? {} : { body }) });
        expect(answer.status, route.key).toBe(404);
        expect(JSON.stringify(answer.body), route.key).not.toMatch(/secret|iso-ours/i);
        tried++;
      }
    }
    expect(tried).toBeGreaterThanOrEqual(17);
    for (const path of ['/v1/workflows', '/v1/runs', '/v1/hello']) {
      const [list] = Object.values((await theirs(`GET ${path}`)).body);
      expect(list, path).toEqual([]);
    }
    expect((await ours.api('GET /v1/runs/{id}', { params: { id: ours.ids.runs } })).body).toEqual(before);
    expect((await ours.api('GET /v1/workflows/{id}', { params: { id: ours.ids.workflows } })).body).toMatchObject({
      name: 'Secret name',
      published: 1,
      revision: 1,
    });
    expect(((await ours.api('GET /v1/keys')).body['keys'] as unknown[]).length).toBe(2);
  });

  it('cannot borrow a cursor', async ({ expect }) => {
    const ours = await apiFor('iso-cursor-a');
    for (let index = 0; index < 3; index++) await ours('POST /v1/workflows', { body: WAITS });
    const { cursor } = (await ours('GET /v1/workflows', { query: { limit: '1' } })).body;
    const theirs = await apiFor('iso-cursor-b');
    expect((await theirs('GET /v1/workflows', { query: { cursor: cursor as string } })).body['workflows']).toEqual([]);
  });
});

describe('[API9] nobody', () => {
  it('gets anything from any route', async ({ expect }) => {
    for (const { route } of AREAS.flatMap((area) => area.routes)) {
      const anyone = caller(undefined);
      expect(await anyone(route.key, { params: { id: 'x', key: 'x' } }), route.key).toMatchObject({
        status: 401,
        body: { code: 'key-missing' },
      });
    }
  });

  it('gets a scope they lack', async ({ expect }) => {
    const readOnly = await apiFor('iso-scopes', ['none:read']);
    for (const { route } of AREAS.flatMap((area) => area.routes)) {
      expect(await readOnly(route.key, { params: { id: 'x', key: 'x' } }), route.key).toMatchObject({
        status: 403,
        body: { code: 'scope-missing' },
      });
    }
  });

  it('gets an answer about a tenant by naming it in a header or query', async ({ expect }) => {
    for (const headers of [{ 'x-tenant': 'iso-ours' }, { host: 'iso-ours.millrace.test' }]) {
      expect((await fetchWorker('/v1/runs?tenant=iso-ours', { headers })).status).toBe(401);
    }
  });
});
