import { everyRoute } from '../../../served/contracts.ts';
import { asking } from '../../../matrix/route.ts';
import type { Ask, RouteCase } from '../../../matrix/route.ts';
import { anonymous, elsewhere, foreign, roles, scopes } from '../../../matrix/walks.ts';
import type { Case } from '../../../matrix/walks.ts';
import { makeWorld } from '../../../matrix/world.ts';
import type { World } from '../../../matrix/world.ts';
import { organization } from '../../../served/people.ts';
import type { Organization } from '../../../served/people.ts';
import type { Server } from '../../../served/server.ts';
import { BlindOracle } from '../../group.ts';
import type { AttackContext, Group, GroupResult } from '../../group.ts';

const bearer = (server: Server, key: string): Ask =>
  asking((path, init) => fetch(server.ready.url + path, init), { authorization: `Bearer ${key}` });

/** Somebody of an organisation with a role, through a service account. */
async function accountOf(server: Server, owner: Ask, role: string): Promise<{ id: string; ask: Ask }> {
  const made = await owner('POST /v1/service-accounts', { body: { name: crypto.randomUUID(), role } });
  const id = String(made.json?.['id']);
  const key = await owner('POST /v1/service-accounts/{id}/keys', { params: { id }, body: { name: 'key' } });
  return { id, ask: bearer(server, String(key.json?.['key'])) };
}

async function holding(owner: Ask, server: Server, wanted: readonly string[]): Promise<Ask> {
  const made = await owner('POST /v1/keys', { body: { name: 'walk', scopes: wanted } });
  return bearer(server, String(made.json?.['key']));
}

/** A person in a browser: which organisation they mean is never guessed, and another's is not theirs. */
async function* sessions(
  routes: readonly RouteCase[],
  server: Server,
  { browser }: Organization,
  ours: World,
  tenant: string,
): AsyncGenerator<Case> {
  const ask = (headers: Record<string, string>): Ask =>
    asking((path, init) => fetch(server.ready.url + path, init), { ...browser, ...headers });
  const tries: [what: string, status: number, ask: Ask][] = [
    ['no-organization', 400, ask({})],
    ['empty-organization', 400, ask({ 'x-millrace-organization': '' })],
    ['another-organization', 404, ask({ 'x-millrace-organization': tenant })],
    ['unknown-organization', 404, ask({ 'x-millrace-organization': 'nobody-has-this' })],
    ['malformed-organization', 404, ask({ 'x-millrace-organization': '../local' })],
  ];
  for (const { area, name, route } of routes) {
    for (const [what, status, as] of tries) {
      const params = ours.paramsFor(route) ?? {};
      const answer = await as(route.key, { params, ...(route.body && route.method !== 'GET' ? { body: {} } : {}) });
      const isRight = answer.status === status && !answer.text.includes(ours.canary);
      const why = isRight ? undefined : `${answer.status} ${answer.text.slice(0, 300)}`;
      yield { id: `session/${what}/${area}.${name}`, about: `${route.key}: ${status}`, why };
    }
  }
}

async function attack({ server: started, canary, takes, say }: AttackContext): Promise<GroupResult> {
  const server = await started();
  const [ours, theirs] = [await organization(server, 'a8-ours'), await organization(server, 'a8-theirs')];
  const everything = await everyRoute();
  const routes = everything.filter(({ route }) => route.actor === 'member');
  const owner = bearer(server, ours.key);
  const world = await makeWorld(routes, owner, 'a8-canary-of-ours');
  const own = routes.filter(({ route }) => !route.path.includes('{'));
  const other = await makeWorld(own, bearer(server, theirs.key), 'a8-text-of-theirs');
  // The control: who may see the canary does, or its absence elsewhere would say nothing.
  const seen = await owner('GET /v1/workflows');
  if (!seen.text.includes(world.canary)) {
    throw new BlindOracle(`The owner does not see the canary: ${seen.text.slice(0, 300)}`);
  }
  const limited = await accountOf(server, owner, 'guest');
  const document = routes.find(({ route }) => route.key === 'POST /v1/workflows')?.route.example as object;
  const mine = await owner('POST /v1/workflows', { body: { ...document, name: 'Mine' } });
  const on = { kind: 'workflow', id: String(mine.json?.['id']) };
  await owner('POST /v1/grants', { body: { to: { kind: 'service', id: limited.id }, role: 'editor', on } });
  const nobody = asking((path, init) => fetch(server.ready.url + path, init), {});

  const isTaken = ({ area, name }: RouteCase): boolean => takes(`A8/${area}.${name}`);
  const [all, members] = [everything.filter(isTaken), routes.filter(isTaken)];
  const result: GroupResult = { cases: 0, succeeded: [], hung: [] };
  const walks: [string, () => AsyncGenerator<Case>][] = [
    ['anonymous', () => anonymous(all, nobody)],
    ['scopes', () => scopes(members, (wanted) => holding(owner, server, wanted))],
    ['roles', () => roles(members, async (role) => (await accountOf(server, owner, role)).ask)],
    ['another organisation', () => foreign(members, world, other)],
    ['another place', () => elsewhere(members, world, limited.ask)],
    ['sessions', () => sessions(members, server, theirs, world, ours.tenant)],
  ];
  await (
    await canary()
  ).during(async () => {
    for (const [name, walk] of walks) {
      for await (const { id, about, why } of walk()) {
        result.cases++;
        if (why !== undefined) result.succeeded.push({ id: `A8/${id}`, about, why });
      }
      say(`  ${name}: ${result.cases} cases, ${result.succeeded.length} succeeded`);
    }
  });
  return result;
}

export const group: Group = { name: 'A8', title: 'who may do what, in which organisation', run: attack };
