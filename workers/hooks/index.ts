import type { HookCall, HookReply, Outcome, RunSource } from '../../durable-objects/runner/protocol.ts';
import { isTenantId, runnerOf } from '../../durable-objects/stubs.ts';
import type { HookRoute } from '../../durable-objects/tenant/protocol.ts';
import { recordCounted } from '../api/counted-trail.ts';
import type { Env } from '../env.ts';
import { common, Problem, suspended } from '../kit/problem.ts';
import { valueOf } from '../kit/refusal.ts';
import { failureResponse, newRequestId } from '../kit/response.ts';
import { routesOf } from '../kit/route-table.ts';
import type { Routes } from '../kit/route-table.ts';
import { anyShard, shardFor } from '../kit/shard.ts';
import { addressIn } from './address.ts';
import type { Address } from './address.ts';
import { turnedAway, wasRefused, wasTaken } from './door.ts';
import { hookUnknown, tenantUnknown, wrongMethod } from './failures.ts';
import { guard } from './guard.ts';
import { corsOf } from './origins.ts';
import { match } from './match.ts';
import type { Match } from './match.ts';
import { payloadOf } from './payload.ts';
import { admit, masked } from './proof.ts';
import type { Pass } from './proof.ts';
import { preflight, presence } from './probe.ts';
import { mayLookUp } from './probe-limit.ts';
import { replyResponse } from './reply.ts';
import { filePlace } from './files.ts';
import { testCallOf } from './test-call.ts';

/**
 * `/hooks/{tenant}/{path}`: the hot path. One map lookup to route, one call to the runner; D1 is never asked, the
 * tenant object at most twice a second.
 */
export async function serveHook(request: Request, env: Env): Promise<Response> {
  const requestId = newRequestId();
  let called: Called | undefined;
  try {
    const address = addressIn(request.url, '/hooks/');
    if (!address || !isTenantId(address.tenant)) throw tenantUnknown();
    const away = turnedAway(address.tenant);
    if (away) return await away;
    const tried = await testCallOf(env, address);
    const { routes, found } = tried ?? (await find(env, address));
    const { method } = request;
    const route = found.methods.get(method);
    if (!route) {
      if (method === 'OPTIONS') return preflight(request, found.methods, requestId);
      if (method === 'HEAD' && found.methods.has('GET')) return presence(requestId);
      throw wrongMethod(method, found.methods);
    }
    called = { tenant: address.tenant, route, method, requestId };
    guard(request, route, env);
    if (routes.standing !== 'active') throw suspended();
    const proof = route.guard?.proof;
    const pass =
      proof && (await admit(request.headers, { ...proof, workflow: route.workflow }, { env, tenant: address.tenant }));
    const { call, body } = await callOf(request, {
      address,
      route,
      params: found.params,
      env,
      pass,
      source: tried?.source ?? { workflow: route.workflow, version: route.version },
    });
    const { idempotencyKey: key } = call;
    const shard = key === undefined ? anyShard(routes.shards) : shardFor(`${route.workflow}/${key}`, routes.shards);
    const outcome = await accept(env, { tenant: address.tenant, shard, call, body, requestId });
    if (outcome.ok) record(env, called, 200);
    if (outcome.ok) wasTaken(address.tenant);
    else wasRefused(address.tenant, outcome.error);
    const place = filePlace(env, address.tenant);
    return await replyResponse(valueOf(outcome), requestId, { place, cors: corsOf(request, route) });
  } catch (error) {
    if (called && error instanceof Problem) record(env, called, error.status);
    return failureResponse(error, requestId);
  }
}

/** A call that reached a webhook. */
interface Called {
  tenant: string;
  route: HookRoute;
  method: string;
  requestId: string;
}

function record(env: Env, { tenant, route, method, requestId }: Called, status: number): void {
  const actor = { kind: 'caller', id: `${method} /${route.path}`.slice(0, 200) };
  recordCounted(env, tenant, { action: 'hooks.call', actor, target: route.workflow, status, requestId });
}

/** Looks in the isolate's table; a miss asks the tenant object once more, since it may just have been published. */
async function find(env: Env, { tenant, path }: Address): Promise<{ routes: Routes; found: Match }> {
  if (!mayLookUp(tenant)) {
    throw common('rate-limited', { hint: 'Too many unknown addresses.', headers: { 'retry-after': '1' } });
  }
  let routes = await routesOf(env, tenant);
  let found = match(routes, path);
  if (!found) {
    routes = await routesOf(env, tenant, true);
    found = match(routes, path);
  }
  if (found) return { routes, found };
  throw routes.shards === 0 ? tenantUnknown(tenant) : hookUnknown(path);
}

interface Calling {
  address: Address;
  route: HookRoute;
  params: Record<string, string>;
  env: Env;
  pass: Pass | undefined;
  source: RunSource;
}

async function callOf(
  request: Request,
  { address, route, params, env, pass, source }: Calling,
): Promise<{ call: HookCall; body: string | undefined }> {
  const { headers, method, url } = request;
  const contentType = headers.get('content-type') ?? '';
  const {
    workflow: _workflow,
    version: _version,
    node,
    methods: _,
    path: __,
    guard: ___,
    allowedOrigins: ____,
    ...rest
  } = route;
  const { rawBody, binaryProperty, ...answer } = rest;
  const place = filePlace(env, address.tenant);
  const { text, ...payload } = await payloadOf(request, contentType, place, { rawBody, binaryProperty });
  const key = headers.get('idempotency-key');
  const call: HookCall = {
    source,
    node,
    answer,
    request: {
      method,
      url,
      headers: Object.fromEntries(pass ? masked(headers, pass.header) : headers),
      params,
      query: address.query,
      contentType,
      ...(pass?.jwtPayload ? { jwtPayload: pass.jwtPayload } : undefined),
      ...payload,
    },
    ...(key === null ? undefined : { idempotencyKey: key.slice(0, 255) }),
  };
  return { call, body: text };
}

interface Accept {
  tenant: string;
  shard: number;
  call: HookCall;
  body: string | undefined;
  requestId: string;
}

async function accept(env: Env, { tenant, shard, call, body, requestId }: Accept): Promise<Outcome<HookReply>> {
  try {
    return JSON.parse(await runnerOf(env, tenant, shard).hook(JSON.stringify(call), body)) as Outcome<HookReply>;
  } catch (error) {
    // The runner restarted or is overloaded: whether it took the call is not known here, so the sender may repeat.
    console.error(JSON.stringify({ level: 'error', requestId, runner: `${tenant}/${shard}`, error: String(error) }));
    const hint = 'Send it again with the same Idempotency-Key: it will run at most once.';
    throw common('unavailable', { hint, headers: { 'retry-after': '1' } });
  }
}
