import { Answer } from '../kit/answer.ts';
import { decide } from '../access/decide.ts';
import type { Area } from '../kit/area.ts';
import { MAX_JSON_BYTES, readBytes, readJson } from '../kit/body.ts';
import { jobContext } from '../kit/context.ts';
import type { Actor, Context } from '../kit/context.ts';
import type { AnyRoute } from '../kit/contract.ts';
import { common } from '../kit/problem.ts';
import type { Fault } from '../kit/problem.ts';
import { SECURITY_HEADERS } from '../kit/response.ts';
import { queryOf, refuseFaults, validate } from '../kit/validate.ts';
import type { Env } from '../env.ts';
import { authenticate } from './authenticate.ts';
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
  const actor = await authenticate(request, env);
  const trail = new Trail({ endpoint, actor, arrival });
  let result: unknown;
  try {
    result = await perform(endpoint, { actor, arrival, trail });
  } catch (error) {
    await trail.refused(error);
    throw error;
  }
  await trail.done(result);
  return respond(endpoint.route, result, requestId);
}

async function perform(
  { route, handle }: Endpoint,
  { actor, arrival, trail }: { actor: Actor; arrival: Arrival; trail: Trail },
): Promise<unknown> {
  const { request, env, requestId } = arrival;
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

/** Validates every part and reports all faults at once. A part the route does not declare must be empty. */
async function callOf(route: AnyRoute, { request, params }: Arrival): Promise<Record<string, unknown>> {
  const faults: Fault[] = [];
  const call: Record<string, unknown> = {};
  if (route.params) call['params'] = await validate(route.params, params, 'params', faults);
  const query = queryOf(new URL(request.url).search);
  if (route.query) call['query'] = await validate(route.query, query, 'query', faults);
  else {
    for (const name of Object.keys(query)) {
      faults.push({ pointer: `?${name}`, code: 'unknown-field', message: 'There is no such parameter here' });
    }
  }
  if (route.body) {
    call['body'] = await validate(route.body, await bodyOf(route, request), 'body', faults);
  }
  refuseFaults(faults);
  return call;
}

function bodyOf(route: AnyRoute, request: Request): Promise<unknown> {
  if (route.accepts === 'bytes') return readBytes(request, route.maxBytes ?? MAX_JSON_BYTES);
  const type = request.headers.get('content-type') ?? '';
  if (request.body && type !== '' && !/^(application\/([\w.-]+\+)?json|text\/plain)\b/i.test(type)) {
    throw common('media-type-unsupported', { detail: `Not ${type.slice(0, 80)}.`, hint: 'Send application/json.' });
  }
  return readJson(request, route.duplicateKeys);
}

function respond(route: AnyRoute, result: unknown, requestId: string): Response {
  const answer = result instanceof Answer ? result : undefined;
  const headers = new Headers({ ...SECURITY_HEADERS, 'cache-control': 'no-store', 'x-request-id': requestId });
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
