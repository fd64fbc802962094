import type { AnyRoute } from '../../workers/kit/contract.ts';
import type { Ask, RouteCase } from './route.ts';
import { bodyFor, jsonSchemaOf, queryFor } from './sample.ts';

/** One organisation with something made by every route that makes something. */
export interface World {
  owner: Ask;
  /** In every text of this organisation where it fits: whoever reads it elsewhere read what is not theirs. */
  canary: string;
  /** Values for the parameters of a path; undefined when nothing was made that it could name. */
  paramsFor(route: AnyRoute): Record<string, string> | undefined;
  /** An id by the last word of its collection's path. */
  idOf(collection: string): string | undefined;
  /** Names that hold the canary are left out: whoever sends one gets it back. */
  ids(): string[];
  /** Routes that should have made something and did not, with their answer. */
  failed: string[];
}

const isMaker = (route: AnyRoute): boolean => route.method === 'POST' && (route.status === 201 || route.status === 202);

const lastWord = (path: string): string =>
  path.split('/').findLast((part) => part !== '' && !part.startsWith('{')) ?? '';

/** Makes everything that can be made, in as many passes as one thing needs another. */
export async function makeWorld(routes: readonly RouteCase[], owner: Ask, canary: string): Promise<World> {
  // A run's file is stored by a webhook, which no route is: its run is what must not be found (runs.test.ts has files).
  const byPath = new Map<string, string>([['/v1/runs/{id}/files', '00000000-0000-4000-8000-000000000000']]);
  let counter = 0;
  // With hyphens, so that it is also a slug.
  const text = (): string => `${canary}-${++counter}`;
  const idOf = (collection: string): string | undefined =>
    byPath.get(`/v1/${collection}`) ?? [...byPath].find(([path]) => lastWord(path) === collection)?.[1];
  const paramsFor = ({ path, params: schema }: AnyRoute): Record<string, string> | undefined => {
    const params: Record<string, string> = {};
    const kinds = schema ? jsonSchemaOf(schema).properties : undefined;
    let kind: string | undefined;
    for (const [, before = '', name = ''] of path.matchAll(/(?<=^(.*)\/)\{(\w+)\}/g)) {
      const choice = kinds?.[name]?.enum?.[0];
      // A kind is one of few, and says of what the next is the id.
      if (typeof choice === 'string') {
        params[name] = kind = choice;
        continue;
      }
      // A number counts what its collection has, such as versions: there is a first one.
      if (kinds?.[name]?.type === 'integer') {
        params[name] = '1';
        continue;
      }
      const ofKind = kind === undefined ? undefined : idOf(`${kind}s`);
      const id = ofKind ?? byPath.get(before) ?? byPath.get(`/v1/${name}s`) ?? idOf(lastWord(before));
      if (id === undefined) return undefined;
      params[name] = id;
    }
    return params;
  };

  await namedByUs(routes, owner, { text, byPath, paramsFor });
  let waiting = routes.map(({ route }) => route).filter(isMaker);
  let failed: string[] = [];
  for (let pass = 0; pass < 4 && waiting.length > 0; pass++) {
    const left: AnyRoute[] = [];
    failed = [];
    for (const route of waiting) {
      const params = paramsFor(route);
      const answer =
        params && (await owner(route.key, { params, query: queryFor(route, text), body: bodyFor(route, text, idOf) }));
      if (answer && answer.status < 300) {
        const id = answer.json?.['id'] ?? answer.json?.['name'] ?? answer.json?.['domain'];
        // What was there before, such as a first workflow, may have the same id in every organisation.
        if (typeof id === 'string') byPath.set(route.path, id);
      } else {
        left.push(route);
        failed.push(
          `${route.key}: ${answer ? `${answer.status} ${answer.text.slice(0, 300)}` : 'nothing to name in its path'}`,
        );
      }
    }
    waiting = left;
    await harvest(routes, owner, byPath);
  }
  return {
    owner,
    canary,
    paramsFor,
    idOf,
    ids: () => [...new Set(byPath.values())].filter((id) => !id.includes(canary)),
    failed,
  };
}

/** What lists show but no route made: the first of each. */
async function harvest(routes: readonly RouteCase[], owner: Ask, byPath: Map<string, string>): Promise<void> {
  for (const { route } of routes) {
    const isList = route.method === 'GET' && route.answers === 'json' && !route.path.includes('{');
    if (!isList || byPath.has(route.path)) continue;
    const { json } = await owner(route.key);
    const list = Object.values(json ?? {}).find((value) => Array.isArray(value)) as
      | Record<string, unknown>[]
      | undefined;
    const custom = list?.findLast((item) => typeof item === 'object' && item !== null);
    const id = custom?.['id'] ?? custom?.['name'] ?? custom?.['key'];
    if (typeof id === 'string') byPath.set(route.path, id);
  }
}

/** Things whose caller chooses the name: PUT makes them. */
const CHOSEN = 'CHOSEN_BY_US';

async function namedByUs(
  routes: readonly RouteCase[],
  owner: Ask,
  { text, byPath, paramsFor }: { text: () => string; byPath: Map<string, string>; paramsFor: World['paramsFor'] },
): Promise<void> {
  await harvest(routes, owner, byPath);
  for (const { route } of routes) {
    const [, before] = /^(.*)\/\{\w+\}$/.exec(route.path) ?? [];
    if (route.method !== 'PUT' || before === undefined || byPath.has(before)) continue;
    byPath.set(before, CHOSEN);
    const params = paramsFor(route);
    const answer = params && (await owner(route.key, { params, body: bodyFor(route, text) }));
    if (!answer || answer.status >= 300) byPath.delete(before);
  }
}
