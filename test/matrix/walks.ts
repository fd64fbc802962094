import { BUILT_IN_ROLES, scopesOfRole } from '../../core/access/roles.ts';
import { allows } from '../../core/access/scope.ts';
import type { AnyRoute } from '../../workers/kit/contract.ts';
import type { Ask, Heard, RouteCase } from './route.ts';
import { bodyFor, jsonSchemaOf, queryFor } from './sample.ts';
import type { World } from './world.ts';

/** One square of the table: what was tried, and what was wrong with the answer. */
export interface Case {
  id: string;
  about: string;
  /** Undefined when the answer was as the contract says. */
  why: string | undefined;
}

/** A parameter no route has: whoever may call the route is told so (400), and nothing happens. */
const HARMLESS = { 'no-such-parameter': '1' };

const told = ({ status, text }: Heard): string => `${status} ${text.slice(0, 300)}`;
const text = (): string => 'probe';

function square(id: string, about: string, answer: Heard, isRight: boolean): Case {
  return { id, about, why: isRight ? undefined : told(answer) };
}

const codeOf = ({ json }: Heard): unknown => json?.['code'];

/** A body that may be anything: rights are judged before it is looked at. */
const anyBody = (route: AnyRoute): { body?: unknown } => (route.body && route.method !== 'GET' ? { body: {} } : {});

export async function* anonymous(routes: readonly RouteCase[], nobody: Ask): AsyncGenerator<Case> {
  for (const { area, name, route } of routes) {
    const answer = await nobody(route.key, { query: HARMLESS, ...anyBody(route) });
    yield square(`anonymous/${area}.${name}`, route.key, answer, answer.status === 401);
  }
}

/** `holding` makes a key with these scopes. */
export async function* scopes(
  routes: readonly RouteCase[],
  holding: (scopes: readonly string[]) => Promise<Ask>,
): AsyncGenerator<Case> {
  const all = [...new Set(routes.map(({ route }) => route.scope))];
  for (const scope of all) {
    const rest = all.filter((other) => other !== scope);
    const [with_, without] = [await holding([scope]), await holding(rest.length > 0 ? rest : ['none:read'])];
    for (const { area, name, route } of routes.filter((each) => each.route.scope === scope)) {
      const sent = { query: HARMLESS, ...anyBody(route) };
      const yes = await with_(route.key, sent);
      yield square(`scope/with/${area}.${name}`, `${route.key} with ${scope}`, yes, yes.status === 400);
      const no = await without(route.key, sent);
      const isRefused = no.status === 403 && codeOf(no) === 'scope-missing';
      yield square(`scope/without/${area}.${name}`, `${route.key} with all but ${scope}`, no, isRefused);
    }
  }
}

/** `acting` makes somebody with this role. */
export async function* roles(
  routes: readonly RouteCase[],
  acting: (role: string) => Promise<Ask>,
): AsyncGenerator<Case> {
  for (const role of BUILT_IN_ROLES) {
    const ask = await acting(role);
    for (const { area, name, route } of routes) {
      const may = allows(scopesOfRole(role), route.scope);
      const answer = await ask(route.key, { query: HARMLESS, ...anyBody(route) });
      const isRight = may ? answer.status === 400 : answer.status === 403 && codeOf(answer) === 'scope-missing';
      yield square(`role/${role}/${area}.${name}`, `${route.key}: ${may ? 'may' : 'may not'}`, answer, isRight);
    }
  }
}

/**
 * An organisation that is suspended or being deleted (LIF1). `before` says how each list was answered while it was active:
 * what stays does as it did.
 */
export async function* stopped(
  routes: readonly RouteCase[],
  owner: Ask,
  before: ReadonlyMap<string, number>,
): AsyncGenerator<Case> {
  for (const { area, name, route } of routes) {
    const stays = route.whileSuspended === 'allowed';
    const answer = await owner(route.key, { query: HARMLESS, ...anyBody(route) });
    const isRefused = answer.status === 423 && codeOf(answer) === 'organization-suspended';
    const isRight = stays ? answer.status === 400 : isRefused;
    yield square(`stopped/${area}.${name}`, `${route.key}: ${stays ? 'stays' : 'is refused'}`, answer, isRight);
    const status = before.get(route.key);
    if (status === undefined) continue;
    const read = await owner(route.key, { query: queryFor(route, text) });
    yield square(`stopped/read/${area}.${name}`, `${route.key} was ${status}`, read, read.status === status);
  }
}

/** How each list of an organisation is answered. */
export async function listed(routes: readonly RouteCase[], owner: Ask): Promise<Map<string, number>> {
  const statuses = new Map<string, number>();
  for (const { route } of routes) {
    if (route.method !== 'GET' || route.answers !== 'json' || route.path.includes('{')) continue;
    statuses.set(route.key, (await owner(route.key, { query: queryFor(route, text) })).status);
  }
  return statuses;
}

/** Another organisation names what is ours. */
export async function* foreign(routes: readonly RouteCase[], ours: World, theirs: World): AsyncGenerator<Case> {
  for (const { area, name, route } of routes) {
    const id = `${area}.${name}`;
    const params = route.path.includes('{') ? ours.paramsFor(route) : undefined;
    if (params) {
      const sent = { params, query: queryFor(route, text), body: bodyFor(route, text, theirs.idOf) };
      const answer = await theirs.owner(route.key, sent);
      const hides = answer.status < 500 && !answer.text.includes(ours.canary);
      const isRight = hides && (answer.status === 404 || !Object.values(params).some(isMinted));
      yield square(`foreign/path/${id}`, route.key, answer, isRight);
      const inHeader = await theirs.owner(route.key, {
        ...sent,
        headers: { 'x-millrace-organization': 'matrix-ours' },
      });
      const isNothing = inHeader.status === 404 && !inHeader.text.includes(ours.canary);
      yield square(`foreign/header/${id}`, `${route.key} with the other organisation in a header`, inHeader, isNothing);
    }
    if (route.method === 'GET' && !route.path.includes('{') && route.answers === 'json') {
      const answer = await theirs.owner(route.key, { query: queryFor(route, text) });
      yield square(`foreign/list/${id}`, route.key, answer, answer.status < 500 && !answer.text.includes(ours.canary));
      const query = jsonSchemaOfQuery(route);
      if (query.includes('cursor')) yield* cursors(route, id, ours, theirs);
      for (const parameter of query.filter((each) => each !== 'cursor' && each !== 'limit')) {
        for (const ourId of ours.ids().slice(0, 12)) {
          const found = await theirs.owner(route.key, { query: { [parameter]: ourId } });
          const isRight = found.status < 500 && !found.text.includes(ours.canary);
          yield square(
            `foreign/query/${id}/${parameter}/${ourId.split('_')[0]}`,
            `${route.key} ?${parameter}`,
            found,
            isRight,
          );
        }
      }
    }
    if (route.body && route.accepts === 'json' && !route.path.includes('{')) yield* bodies(route, id, ours, theirs);
  }
}

/** An id the product made. Names that callers choose may exist in both organisations. */
const isMinted = (id: string): boolean => /^[a-z]+_[0-9a-z_]{6,}$/.test(id);

const jsonSchemaOfQuery = (route: AnyRoute): string[] =>
  route.query ? Object.keys(jsonSchemaOf(route.query).properties ?? {}) : [];

async function* cursors(route: AnyRoute, id: string, ours: World, theirs: World): AsyncGenerator<Case> {
  const page = await ours.owner(route.key, { query: { limit: '1' } });
  const cursor = page.json?.['cursor'];
  if (typeof cursor === 'string') {
    const answer = await theirs.owner(route.key, { query: { cursor } });
    yield square(`foreign/cursor/${id}`, route.key, answer, answer.status < 500 && !answer.text.includes(ours.canary));
  }
  for (const [what, malformed] of [
    ['text', '!!'],
    ['unicode', 'кот'],
    ['object', btoa('{}')],
    ['list', btoa('[[],{}]')],
    ['proto', btoa('{"__proto__":{"untilMs":1}}')],
    ['sql', "1' OR 1=1 --"],
  ] as const) {
    const answer = await theirs.owner(route.key, { query: { cursor: malformed } });
    yield square(`cursor/${what}/${id}`, route.key, answer, answer.status === 400);
  }
}

/** Every text of a body, replaced by each kind of id of ours. */
async function* bodies(route: AnyRoute, id: string, ours: World, theirs: World): AsyncGenerator<Case> {
  const body = bodyFor(route, text, theirs.idOf);
  const kinds = new Map(ours.ids().map((each) => [each.split('_')[0], each]));
  for (const path of stringsIn(body)) {
    for (const [kind, ourId] of kinds) {
      const answer = await theirs.owner(route.key, { query: queryFor(route, text), body: withAt(body, path, ourId) });
      const isRight = answer.status < 500 && !answer.text.includes(ours.canary);
      yield square(`foreign/body/${id}/${path.join('.')}/${kind}`, route.key, answer, isRight);
    }
  }
}

function* stringsIn(value: unknown, path: string[] = []): Generator<string[]> {
  if (typeof value === 'string') yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, each] of Object.entries(value)) yield* stringsIn(each, [...path, key]);
}

function withAt(value: unknown, [key, ...rest]: string[], put: unknown): unknown {
  if (key === undefined) return put;
  if (Array.isArray(value)) return value.map((each, at) => (String(at) === key ? withAt(each, rest, put) : each));
  const object = value as Record<string, unknown>;
  return { ...object, [key]: withAt(object[key], rest, put) };
}

/** Somebody with a role on one workflow, among everything else of their organisation. */
export async function* elsewhere(routes: readonly RouteCase[], ours: World, limited: Ask): AsyncGenerator<Case> {
  for (const { area, name, route } of routes) {
    if (allows(scopesOfRole('guest'), route.scope)) continue;
    const id = `elsewhere/${area}.${name}`;
    const params = ours.paramsFor(route) ?? {};
    const sent = {
      params,
      query: queryFor(route, text),
      ...(route.body ? { body: bodyFor(route, text, ours.idOf) } : {}),
    };
    const answer = await limited(route.key, sent);
    const hides = !answer.text.includes(ours.canary);
    const isList = route.resource !== undefined && 'list' in route.resource;
    const mayHave = allows(scopesOfRole('editor'), route.scope);
    const expected = !mayHave || !route.resource ? 403 : isList ? 200 : 404;
    yield square(id, `${route.key}: ${expected}`, answer, answer.status === expected && hides);
  }
}
