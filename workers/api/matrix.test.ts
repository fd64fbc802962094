import { describe, it } from 'vitest';
import { asking } from '../../test/matrix/route.ts';
import type { Ask, RouteCase } from '../../test/matrix/route.ts';
import { anonymous, elsewhere, foreign, listed, roles, scopes, stopped } from '../../test/matrix/walks.ts';
import type { Case } from '../../test/matrix/walks.ts';
import { makeWorld } from '../../test/matrix/world.ts';
import { AREAS } from '../areas.generated.ts';
import { fetchWorker, tenantWithKey, testEnv } from '../kit/testing.ts';

// Nothing here names a route: a new one is covered by its contract alone. What a generated body cannot get past
// a route's own rules needs an `example` in the contract.
const EVERY: RouteCase[] = AREAS.flatMap(({ name: area, routes }) =>
  routes.map(({ name, route }) => ({ area, name, route })),
);
// What a person does for themselves names no organisation: areas/account tests it.
const ROUTES = EVERY.filter(({ route }) => route.actor === 'member');

const withKey = (key: string): Ask => asking(fetchWorker, { authorization: `Bearer ${key}` });
const nobody = asking(fetchWorker, {});
const ownerOf = async (tenant: string, held?: string[]): Promise<Ask> => withKey(await tenantWithKey(tenant, held));

/** An organisation with a member, whom no route of it makes: people sign up. */
async function peopledBy(tenant: string): Promise<Ask> {
  const owner = await ownerOf(tenant);
  const [id, at] = [`usr_${tenant}`, new Date().toISOString()];
  const person = 'INSERT INTO users (id, name, email, created_at, updated_at) VALUES (?, ?, ?, ?, ?)';
  await testEnv.DB.batch([
    testEnv.DB.prepare(person).bind(id, `canary of ${tenant}`, `${id}@millrace.test`, at, at),
    testEnv.DB.prepare("INSERT INTO members VALUES (?, ?, 'viewer', 1)").bind(tenant, id),
  ]);
  return owner;
}

/** Somebody new in an organisation with this role. */
async function accountOf(owner: Ask, role: string): Promise<{ id: string; ask: Ask }> {
  const made = await owner('POST /v1/service-accounts', { body: { name: crypto.randomUUID(), role } });
  const id = String(made.json?.['id']);
  const key = await owner('POST /v1/service-accounts/{id}/keys', { params: { id }, body: { name: 'key' } });
  return { id, ask: withKey(String(key.json?.['key'])) };
}

async function outcome(walk: AsyncGenerator<Case>): Promise<{ tried: number; wrong: string[] }> {
  const wrong: string[] = [];
  let tried = 0;
  for await (const { id, about, why } of walk) {
    tried++;
    if (why !== undefined) wrong.push(`${id} (${about}): ${why}`);
  }
  return { tried, wrong };
}

/** All GETs of an organisation, to see that nothing was changed. */
async function everythingIn(owner: Ask, params: (route: RouteCase['route']) => Record<string, string> | undefined) {
  const seen: Record<string, string> = {};
  for (const { route } of ROUTES) {
    // The audit log grows by being read, and a key's last use with each call.
    if (route.method !== 'GET' || route.answers !== 'json' || /audit|keys|usage/.test(route.path)) continue;
    const named = params(route);
    if (!named) continue;
    const { text } = await owner(route.key, { params: named });
    seen[route.key] = text.replaceAll(/"requestId":"[^"]*"/g, '');
  }
  return seen;
}

describe('the permission matrix', () => {
  it('[API9] lets nobody in without a name', async ({ expect }) => {
    const { tried, wrong } = await outcome(anonymous(EVERY, nobody));
    expect(wrong).toEqual([]);
    expect(tried).toBe(EVERY.length);
  }, 120_000);

  it('[API9][ACC1] opens each route to its scope and to no other', async ({ expect }) => {
    let made = 0;
    const { tried, wrong } = await outcome(
      scopes(ROUTES, async (held) => ownerOf(`matrix-scope-${++made}`, [...held])),
    );
    expect(wrong).toEqual([]);
    expect(tried).toBe(ROUTES.length * 2);
  }, 300_000);

  it('[ACC2][ACC3][ACC4] lets each role do what its scopes say', async ({ expect }) => {
    const owner = await ownerOf('matrix-roles');
    const { tried, wrong } = await outcome(roles(ROUTES, async (role) => (await accountOf(owner, role)).ask));
    expect(wrong).toEqual([]);
    expect(tried).toBe(ROUTES.length * 6);
  }, 300_000);

  it('[LIF1] leaves a stopped organisation what the contracts say and nothing else', async ({ expect }) => {
    const deletion = { confirm: 'matrix-deleting', graceDays: 7 };
    for (const [tenant, stop, body] of [
      ['matrix-suspended', 'POST /v1/organization/suspend', {}],
      ['matrix-deleting', 'DELETE /v1/organization', deletion],
    ] as const) {
      const owner = await ownerOf(tenant);
      const before = await listed(ROUTES, owner);
      expect([...before.values()].filter((status) => status === 200).length).toBeGreaterThan(20);
      expect((await owner(stop, { body })).status).toBeLessThan(300);
      const { tried, wrong } = await outcome(stopped(ROUTES, owner, before));
      expect(wrong, tenant).toEqual([]);
      expect(tried).toBe(ROUTES.length + before.size);
    }
    // Written down, so that a route that begins to stay is noticed here and in docs/guide/organizations.md.
    const stay = ROUTES.filter(({ route }) => route.whileSuspended === 'allowed' && !route.scope.endsWith(':read'));
    expect(stay.map(({ route }) => route.key).sort()).toEqual([
      'DELETE /v1/keys/{id}',
      'DELETE /v1/organization',
      'DELETE /v1/service-accounts/{id}/keys/{key}',
      'DELETE /v1/sso-connections/{id}/scim',
      'GET /v1/organization/export',
      'POST /v1/organization/restore',
      'POST /v1/organization/resume',
      'POST /v1/organization/suspend',
    ]);
  }, 300_000);

  it('[API10] shows one organisation nothing of another, whatever it names', async ({ expect }) => {
    const ours = await makeWorld(ROUTES, await peopledBy('matrix-ours'), 'canary-of-ours');
    // They start no runs: the ids of runs count up in each organisation, so theirs could have the same one.
    const own = ROUTES.filter(({ route }) => !route.path.includes('{'));
    const theirs = await makeWorld(own, await ownerOf('matrix-theirs'), 'text-of-theirs');
    expect(ours.failed).toEqual([]);
    const unnamed = ROUTES.filter(({ route }) => route.path.includes('{') && !ours.paramsFor(route));
    expect(
      unnamed.map(({ route }) => route.key),
      'nothing was made that these could name',
    ).toEqual([]);
    const before = await everythingIn(ours.owner, ours.paramsFor);
    // The control: who may see the canary does, in many places, or its absence elsewhere would say nothing.
    expect(Object.values(before).filter((text) => text.includes(ours.canary)).length).toBeGreaterThan(8);
    const { tried, wrong } = await outcome(foreign(ROUTES, ours, theirs));
    expect(wrong).toEqual([]);
    expect(tried).toBeGreaterThan(200);
    expect(await everythingIn(ours.owner, ours.paramsFor)).toEqual(before);
  }, 300_000);

  it('[ACC5][ACC7] shows who has one workflow nothing else', async ({ expect }) => {
    const world = await makeWorld(ROUTES, await ownerOf('matrix-places'), 'canary-elsewhere');
    const { ask, id } = await accountOf(world.owner, 'guest');
    const own = ROUTES.find(({ route }) => route.key === 'POST /v1/workflows')?.route.example;
    const made = await world.owner('POST /v1/workflows', { body: { ...(own as object), name: 'Mine' } });
    const on = { kind: 'workflow', id: String(made.json?.['id']) };
    await world.owner('POST /v1/grants', { body: { to: { kind: 'service', id }, role: 'editor', on } });
    const { tried, wrong } = await outcome(elsewhere(ROUTES, world, ask));
    expect(wrong).toEqual([]);
    expect(tried).toBeGreaterThan(50);
  }, 300_000);

  it('[API10] takes the organisation from who asks, never from a default or a hint', async ({ expect }) => {
    await ownerOf('matrix-hint');
    for (const headers of [
      { 'x-tenant': 'matrix-hint' },
      { host: 'matrix-hint.millrace.test' },
      { 'x-millrace-organization': 'matrix-hint' },
    ]) {
      expect((await nobody('GET /v1/runs', { query: { tenant: 'matrix-hint' }, headers })).status).toBe(401);
    }
  });
});
