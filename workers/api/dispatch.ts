import { Answer } from '../kit/answer.ts';
import { decide } from '../access/decide.ts';
import type { Area } from '../kit/area.ts';
import { jobContext } from '../kit/context.ts';
import type { Actor, Context } from '../kit/context.ts';
import type { AnyRoute } from '../kit/contract.ts';
import { SECURITY_HEADERS } from '../kit/response.ts';
import type { Env } from '../env.ts';
import { authenticate } from './authenticate.ts';
import { callOf } from './call.ts';
import { performForPerson } from './dispatch-person.ts';
import { spend } from './units.ts';
import { refuseGone, refuseUnlessActive } from './standing.ts';
import { Trail } from './trail.ts';

export type Endpoint = Area['routes'][number];

export interface Arrival {
  request: Request;
  env: Env;
  params: Record<string, string>;
  requestId: string;
}

/** One request to one endpoint: who, may they, is it well-formed, do it, answer. */
export async function dispatch(endpoint: Endpoint, arrival: Arrival): Promise<Response> {
  const { request, env, requestId } = arrival;
  if (endpoint.route.actor === 'person') {
    return respond(endpoint.route, await performForPerson(endpoint, arrival), { 'x-request-id': requestId });
  }
  const actor = await authenticate(request, env);
  await refuseGone(env, actor);
  // before the trail: a flood of refused calls must not become a flood of records
  const limits = await spend(env, actor, endpoint.route.cost);
  const trail = new Trail({ endpoint, actor, arrival });
  let result: unknown;
  try {
    result = await perform(endpoint, { actor, arrival, trail });
  } catch (error) {
    await trail.refused(error);
    throw error;
  }
  await trail.done(result);
  return respond(endpoint.route, result, { ...limits, 'x-request-id': requestId });
}

async function perform(
  { route, handle }: Endpoint,
  { actor, arrival, trail }: { actor: Actor; arrival: Arrival; trail: Trail },
): Promise<unknown> {
  const { request, env, requestId } = arrival;
  await refuseUnlessActive(env, actor.tenant, route);
  const { search } = new URL(request.url);
  const reach = await decide(env, actor, route, { params: arrival.params, query: new URLSearchParams(search) });
  const call = await callOf(route, arrival);
  const context: Context = {
    ...jobContext(env, actor.tenant),
    actor,
    reach,
    requestId,
    origin: new URL(request.url).origin,
    headers: request.headers,
    touched: (facts) => trail.touched(facts),
  };
  return handle(call, context);
}

function respond(route: AnyRoute, result: unknown, given: Record<string, string>): Response {
  const answer = result instanceof Answer ? result : undefined;
  const headers = new Headers({ ...SECURITY_HEADERS, 'cache-control': 'no-store', ...given });
  for (const [name, value] of Object.entries(answer?.headers ?? {})) headers.set(name, value);
  if (answer?.stream) {
    const type = route.answers === 'bytes' ? 'application/octet-stream' : 'text/event-stream';
    headers.set('content-type', answer.stream.headers.get('content-type') ?? type);
    return new Response(answer.stream.body, { status: answer.stream.status, headers });
  }
  const status = answer?.status ?? route.status;
  if (route.answers === 'empty') return new Response(null, { status, headers });
  headers.set('content-type', 'application/json');
  return new Response(answer?.text ?? JSON.stringify(answer ? answer.value : result), { status, headers });
}
