import { describe, it } from 'vitest';
import { chain, node } from '../areas/workflows/testing.ts';
import { apiFor, caller } from '../kit/testing.ts';
import type { Caller } from '../kit/testing.ts';

const document = (name: string) => chain(name, node('Start', 'manual', 1));

/** A service account with a role, and how it calls the API. */
async function account(owner: Caller, role: string, scopes?: string[]) {
  const made = await owner('POST /v1/service-accounts', { body: { name: `a ${crypto.randomUUID()}`, role } });
  const id = made.body['id'] as string;
  const body = { name: 'k', ...(scopes && { scopes }) };
  const key = await owner('POST /v1/service-accounts/{id}/keys', { params: { id }, body });
  return { id, api: caller(key.body['key'] as string), key: key.body['id'] as string };
}

async function workflow(owner: Caller, name: string): Promise<string> {
  return (await owner('POST /v1/workflows', { body: document(name) })).body['id'] as string;
}

const give = (owner: Caller, id: string, role: string, on: unknown, times = {}) =>
  owner('POST /v1/grants', { body: { to: { kind: 'service', id }, role, on, ...times } });

const names = (reply: { body: Record<string, unknown> }, list: string): unknown[] =>
  (reply.body[list] as { name: string }[]).map(({ name }) => name);

describe('service accounts', () => {
  it('[ACC2][ACC9] do what their role and their key both allow', async ({ expect }) => {
    const owner = await apiFor('acc-service');
    const viewer = await account(owner, 'viewer');
    expect((await viewer.api('GET /v1/workflows')).status).toBe(200);
    expect((await viewer.api('POST /v1/workflows', { body: document('x') })).status).toBe(403);
    expect((await viewer.api('GET /v1/access')).body).toMatchObject({ kind: 'service', id: viewer.id, role: 'viewer' });
    const narrow = await account(owner, 'editor', ['runs:*']);
    expect((await narrow.api('GET /v1/runs')).status).toBe(200);
    expect((await narrow.api('GET /v1/workflows')).status).toBe(403);
  });

  it('[ACC9] stop at once when they are disabled, and for good when removed', async ({ expect }) => {
    const owner = await apiFor('acc-disabled');
    const { id, api } = await account(owner, 'viewer');
    const change = (disabled: boolean) =>
      owner('PATCH /v1/service-accounts/{id}', { params: { id }, body: { disabled } });
    expect((await api('GET /v1/workflows')).status).toBe(200);
    await change(true);
    expect(await api('GET /v1/workflows')).toMatchObject({ status: 401, body: { code: 'key-invalid' } });
    await change(false);
    expect((await api('GET /v1/workflows')).status).toBe(200);
    await give(owner, id, 'editor', { kind: 'organization' });
    expect((await owner('DELETE /v1/service-accounts/{id}', { params: { id } })).status).toBe(204);
    expect((await api('GET /v1/workflows')).status).toBe(401);
    expect((await owner('GET /v1/grants', { query: { service: id } })).body['grants']).toEqual([]);
  });

  it('have keys of their own, which are nobody else’s to list or revoke', async ({ expect }) => {
    const owner = await apiFor('acc-keys');
    const [one, two] = [await account(owner, 'viewer'), await account(owner, 'viewer')];
    expect(names(await owner('GET /v1/keys'), 'keys')).toEqual(['test']);
    const { body } = await owner('GET /v1/service-accounts/{id}/keys', { params: { id: one.id } });
    expect((body['keys'] as { id: string }[]).map(({ id }) => id)).toEqual([one.key]);
    const revoke = (id: string, key: string) =>
      owner('DELETE /v1/service-accounts/{id}/keys/{key}', { params: { id, key } });
    expect((await revoke(two.id, one.key)).status).toBe(404);
    expect((await revoke(one.id, one.key)).status).toBe(204);
  });
});

describe('grants', () => {
  it('[ACC5][ACC6][ACC7] show one workflow and its runs, and nothing of the others', async ({ expect }) => {
    const owner = await apiFor('acc-grants');
    const [mine, other] = [await workflow(owner, 'mine'), await workflow(owner, 'other')];
    const start = (id: string) =>
      owner('POST /v1/workflows/{id}/runs', { params: { id }, query: { wait: '5s' }, body: {} });
    const runs = [await start(mine), await start(other)].map(({ body }) => body['id'] as string) as [string, string];
    const guest = await account(owner, 'guest');
    expect((await guest.api('GET /v1/workflows')).status).toBe(403);
    await give(owner, guest.id, 'viewer', { kind: 'workflow', id: mine });
    expect(names(await guest.api('GET /v1/workflows'), 'workflows')).toEqual(['mine']);
    const get = (id: string) => guest.api('GET /v1/workflows/{id}', { params: { id } });
    expect((await get(mine)).status).toBe(200);
    const foreign = await get(other);
    expect(foreign).toMatchObject({ status: 404, body: { code: 'not-found' } });
    const { requestId: _, ...there } = foreign.body;
    const { requestId: __, ...nowhere } = (await get('wf_nowhere')).body;
    expect(there).toEqual(nowhere);
    const listed = (await guest.api('GET /v1/runs')).body['runs'] as { id: string }[];
    expect(listed.map(({ id }) => id)).toEqual([runs[0]]);
    expect((await guest.api('GET /v1/runs', { query: { workflow: other } })).body['runs']).toEqual([]);
    const run = (id: string) => guest.api('GET /v1/runs/{id}', { params: { id } });
    expect([(await run(runs[0])).status, (await run(runs[1])).status]).toEqual([200, 404]);
    // to read is not to change, and one workflow is not the organisation
    expect((await guest.api('DELETE /v1/workflows/{id}', { params: { id: mine } })).status).toBe(403);
    expect((await guest.api('GET /v1/data-tables')).status).toBe(200);
    expect((await guest.api('GET /v1/data-tables')).body['tables']).toEqual([]);
    expect((await guest.api('GET /v1/files')).status).toBe(403);
  });

  it('[ACC5][ACC10] hold for their time, and are gone when taken back', async ({ expect }) => {
    const owner = await apiFor('acc-times');
    const guest = await account(owner, 'guest');
    const on = { kind: 'organization' };
    await give(owner, guest.id, 'viewer', on, { startsAt: Date.now() + 3_600_000 });
    expect((await guest.api('GET /v1/workflows')).status).toBe(403);
    const endsAt = Date.now() + 1_500;
    await give(owner, guest.id, 'viewer', on, { endsAt });
    expect((await guest.api('GET /v1/workflows')).status).toBe(200);
    await new Promise((done) => setTimeout(done, endsAt - Date.now() + 20));
    expect((await guest.api('GET /v1/workflows')).status).toBe(403);
    const given = await give(owner, guest.id, 'viewer', on);
    expect((await guest.api('GET /v1/workflows')).status).toBe(200);
    expect((await owner('DELETE /v1/grants/{id}', { params: { id: given.body['id'] as string } })).status).toBe(204);
    expect((await guest.api('GET /v1/workflows')).status).toBe(403);
    expect((await give(owner, guest.id, 'viewer', on, { endsAt: 1 })).body).toMatchObject({ code: 'grant-over' });
  });

  it('are about what there is, and to somebody there is', async ({ expect }) => {
    const owner = await apiFor('acc-places');
    const foreign = await workflow(await apiFor('acc-places-b'), 'theirs');
    const { id } = await account(owner, 'guest');
    for (const place of [
      { kind: 'workflow', id: foreign },
      { kind: 'workflow', id: '__proto__' },
      { kind: 'table', id: 'x' },
    ]) {
      expect((await give(owner, id, 'viewer', place)).body).toMatchObject({ code: 'place-unknown' });
    }
    expect((await give(owner, 'sa_none', 'viewer', { kind: 'organization' })).body).toMatchObject({
      code: 'principal-unknown',
    });
    for (const role of ['nobody', '__proto__', 'role_1']) {
      expect((await give(owner, id, role, { kind: 'organization' })).body).toMatchObject({ code: 'role-unknown' });
    }
    expect(await owner('GET /v1/grants', { query: { cursor: '!' } })).toMatchObject({ status: 400 });
  });
});

describe('[ACC8] nobody', () => {
  it('gives what they do not have, nor takes it from others', async ({ expect }) => {
    const owner = await apiFor('acc-up');
    const admin = await account(owner, 'admin');
    const big = await account(owner, 'owner');
    const refused = { status: 403, body: { code: 'scope-too-wide' } };
    expect(await admin.api('POST /v1/service-accounts', { body: { name: 'up', role: 'owner' } })).toMatchObject(
      refused,
    );
    expect(await give(admin.api, admin.id, 'owner', { kind: 'organization' })).toMatchObject(refused);
    for (const scopes of [['*'], ['tenant:own'], ['runs:*']]) {
      expect(await admin.api('POST /v1/roles', { body: { name: 'up', scopes } })).toMatchObject(refused);
      expect(await admin.api('POST /v1/keys', { body: { name: 'up', scopes } })).toMatchObject(refused);
    }
    const params = { id: big.id };
    const change = (body: unknown) => admin.api('PATCH /v1/service-accounts/{id}', { params, body });
    expect(await change({ role: 'viewer' })).toMatchObject(refused);
    expect(await change({ disabled: true })).toMatchObject(refused);
    expect(await admin.api('DELETE /v1/service-accounts/{id}', { params })).toMatchObject(refused);
    const key = { name: 'up' };
    expect(await admin.api('POST /v1/service-accounts/{id}/keys', { params, body: key })).toMatchObject(refused);
    expect(
      await admin.api('PATCH /v1/service-accounts/{id}', { params: { id: admin.id }, body: { role: 'owner' } }),
    ).toMatchObject(refused);
    // an account that has more by a grant is as far out of reach as one with a greater role
    const small = await account(owner, 'guest');
    const grant = await give(owner, small.id, 'owner', { kind: 'organization' });
    expect(
      await admin.api('POST /v1/service-accounts/{id}/keys', { params: { id: small.id }, body: key }),
    ).toMatchObject(refused);
    expect(await admin.api('DELETE /v1/grants/{id}', { params: { id: grant.body['id'] as string } })).toMatchObject(
      refused,
    );
    const own = await owner('POST /v1/roles', { body: { name: 'all', scopes: ['*'] } });
    const role = { id: own.body['id'] as string };
    expect(
      await admin.api('PUT /v1/roles/{id}', { params: role, body: { name: 'less', scopes: ['runs:read'] } }),
    ).toMatchObject(refused);
    expect(await admin.api('DELETE /v1/roles/{id}', { params: role })).toMatchObject(refused);
    expect((await admin.api('POST /v1/roles', { body: { name: 'ok', scopes: ['*:read'] } })).status).toBe(201);
  });

  it('keeps what a role gave when it changes or goes', async ({ expect }) => {
    const owner = await apiFor('acc-roles');
    const made = await owner('POST /v1/roles', { body: { name: 'Support', scopes: ['workflows:read', 'runs:read'] } });
    const id = made.body['id'] as string;
    const { api, id: who } = await account(owner, id);
    expect((await api('GET /v1/workflows')).status).toBe(200);
    await owner('PUT /v1/roles/{id}', { params: { id }, body: { name: 'Support', scopes: ['runs:read'] } });
    expect((await api('GET /v1/workflows')).status).toBe(403);
    expect((await owner('DELETE /v1/roles/{id}', { params: { id } })).body).toMatchObject({ code: 'role-in-use' });
    await owner('PATCH /v1/service-accounts/{id}', { params: { id: who }, body: { role: 'guest' } });
    expect((await owner('DELETE /v1/roles/{id}', { params: { id } })).status).toBe(204);
    expect((await owner('DELETE /v1/roles/{id}', { params: { id: 'owner' } })).body).toMatchObject({
      code: 'role-built-in',
    });
    for (const name of ['owner', 'guest']) {
      expect((await owner('POST /v1/roles', { body: { name, scopes: ['runs:read'] } })).body).toMatchObject({
        code: 'role-name-taken',
      });
    }
  });

  it('makes two of one name, even at the same time', async ({ expect }) => {
    const owner = await apiFor('acc-twice');
    const body = { name: 'Twice', scopes: ['runs:read'] };
    const replies = await Promise.all(Array.from({ length: 5 }, () => owner('POST /v1/roles', { body })));
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    const other = await owner('POST /v1/roles', { body: { ...body, name: 'Other' } });
    expect(await owner('PUT /v1/roles/{id}', { params: { id: other.body['id'] as string }, body })).toMatchObject({
      status: 409,
    });
  });
});
