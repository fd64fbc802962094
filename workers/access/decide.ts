import { isWithin, reachOf } from '../../core/access/grant.ts';
import type { Reach } from '../../core/access/grant.ts';
import { allows } from '../../core/access/scope.ts';
import type { Env } from '../env.ts';
import type { Actor } from '../kit/context.ts';
import type { AnyRoute, RouteResource } from '../kit/contract.ts';
import { common } from '../kit/problem.ts';
import { placesOf } from './places.ts';
import { rightsOf } from './policy.ts';

/** What of the request names the resource. */
export interface Named {
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
}

/**
 * The one place where it is decided whether an actor may call a route (core/access/SPEC.md, ACC4).
 * @throws Problem `scope-missing` (403) when they may use its scope nowhere, `not-found` (404) when not on this resource.
 */
export async function decide(env: Env, actor: Actor, route: AnyRoute, named: Named): Promise<Reach> {
  // The common case costs nothing: no look-up, no await.
  if (allows(actor.scopes, route.scope)) return 'everywhere';
  const reach = reachOf(await rightsOf(env, actor), route.scope, Date.now());
  if (reach === 'everywhere') return reach;
  if (reach.length === 0 || !route.resource) {
    throw common('scope-missing', {
      detail: `This needs the scope ${route.scope}${reach.length === 0 ? '' : ' in the whole organisation'}.`,
      hint:
        actor.kind === 'key'
          ? 'Use a key that has it; POST /v1/keys makes one.'
          : 'Ask somebody who manages roles for it; GET /v1/access says what you may do.',
    });
  }
  if ('list' in route.resource) return reach;
  const { kind } = route.resource;
  const id = idIn(route.resource, named);
  const places = id === undefined ? undefined : await placesOf(env, actor.tenant, kind, id);
  if (places && isWithin(reach, places)) return reach;
  throw common('not-found', { detail: `There is no such ${kind} where you may use ${route.scope}.` });
}

function idIn(resource: Exclude<RouteResource, { list: true }>, { params, query }: Named): string | undefined {
  return 'param' in resource ? params[resource.param] : (query.get(resource.query) ?? undefined);
}
