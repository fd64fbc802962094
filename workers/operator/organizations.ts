import { z } from 'zod';
import { outcomeOf } from '../../core/audit/entry.ts';
import { auditOf, isTenantId, tenantOf } from '../../durable-objects/stubs.ts';
import type { Env } from '../env.ts';
import { readJson } from '../kit/body.ts';
import { common } from '../kit/problem.ts';
import { valueOf } from '../kit/refusal.ts';
import { refuseFaults, validate } from '../kit/validate.ts';
import type { Fault } from '../kit/problem.ts';
import { failureResponse, newRequestId, SECURITY_HEADERS } from '../kit/response.ts';
import { eraseDue } from '../lifecycle/erase.ts';
import { d1Erasures } from '../lifecycle/erasures.ts';
import { standingOf } from '../lifecycle/standing.ts';
import { operatorOnly } from './gate.ts';

const ORGANIZATIONS = '/internal/organizations';

const OPERATOR = { by: 'operator', id: 'deployment' } as const;
const PAGE = 100;

const Reason = z.strictObject({ reason: z.string().max(500).default('') });
const Removal = z.strictObject({ graceDays: z.number().int().min(0).max(90).default(7) });

interface Call {
  request: Request;
  env: Env;
  requestId: string;
}

/**
 * The operator's view of organisations, for who holds the deployment's key: list, read, suspend, resume, delete,
 * restore. Each change is in the organisation's own audit log, with the actor `operator`. Undefined: another address.
 */
export async function serveOrganizations(request: Request, env: Env): Promise<Response | undefined> {
  const { pathname } = new URL(request.url);
  if (pathname !== ORGANIZATIONS && !pathname.startsWith(`${ORGANIZATIONS}/`)) return undefined;
  const requestId = newRequestId();
  try {
    await operatorOnly(request, env);
    const response = await answer({ request, env, requestId });
    const headers = new Headers(response.headers);
    const ours = { ...SECURITY_HEADERS, 'cache-control': 'no-store', 'x-request-id': requestId };
    for (const [name, value] of Object.entries(ours)) headers.set(name, value);
    return new Response(response.body, { status: response.status, headers });
  } catch (error) {
    return failureResponse(error, requestId);
  }
}

async function answer({ request, env, requestId }: Call): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const [tenant, verb, ...more] = pathname.slice(ORGANIZATIONS.length + 1).split('/');
  if (more.length > 0) throw common('not-found');
  if (tenant === undefined || tenant === '') {
    allow(request, 'GET');
    return Response.json(await list(env, searchParams.get('after') ?? ''));
  }
  if (!isTenantId(tenant)) throw common('not-found');
  if (verb === 'certificate') {
    allow(request, 'GET');
    return certificate(env, tenant);
  }
  const before = valueOf(await tenantOf(env, tenant).profile());
  if (verb === undefined) {
    allow(request, 'GET', 'DELETE');
    if (request.method === 'GET') return Response.json(before);
    const { graceDays } = await bodyOf(request, Removal);
    const { deleteAt } = await standingOf(env, tenant).remove(OPERATOR, graceDays);
    await record(env, tenant, { action: 'operator.remove', requestId });
    if (graceDays > 0) return Response.json({ deleteAt }, { status: 202 });
    await eraseDue(env, Date.now());
    return certificate(env, tenant);
  }
  allow(request, 'POST');
  const standing = standingOf(env, tenant);
  const act = new Map([
    ['suspend', async () => standing.suspend(OPERATOR, (await bodyOf(request, Reason)).reason)],
    ['resume', () => standing.resume(OPERATOR)],
    ['restore', () => standing.restore(OPERATOR)],
  ]).get(verb);
  if (!act) throw common('not-found', { hint: 'There are suspend, resume, restore and certificate.' });
  const after = await act();
  await record(env, tenant, { action: `operator.${verb}`, requestId });
  return Response.json(after);
}

function allow(request: Request, ...methods: string[]): void {
  if (methods.includes(request.method)) return;
  throw common('method-not-allowed', { headers: { allow: methods.join(', ') } });
}

async function bodyOf<S extends z.ZodType>(request: Request, schema: S): Promise<z.output<S>> {
  const faults: Fault[] = [];
  const body = await validate(schema, (await readJson(request, 'refused')) ?? {}, 'body', faults);
  refuseFaults(faults);
  return body as z.output<S>;
}

/** By id, so that a page goes on where the last one ended whatever was made meanwhile. */
async function list(env: Env, after: string) {
  const select =
    'SELECT tenant_id AS id, created_at AS createdAt FROM tenants WHERE tenant_id > ? ORDER BY tenant_id LIMIT ?';
  const { results } = await env.DB.prepare(select).bind(after, PAGE).all<{ id: string; createdAt: number }>();
  const organizations = await Promise.all(
    results.map(async ({ id, createdAt }) => {
      const profile = await tenantOf(env, id).profile();
      if (!profile.ok) return { id, createdAt, standing: 'unknown' };
      const { name, standing, standingReason, standingBy, deleteAt, region } = profile.value;
      return { id, name, createdAt, standing, standingReason, standingBy, deleteAt, region };
    }),
  );
  const last = results.length === PAGE ? results.at(-1)?.id : undefined;
  return last === undefined ? { organizations } : { organizations, after: last };
}

async function certificate(env: Env, tenant: string): Promise<Response> {
  const erasure = await d1Erasures(env.DB).of(tenant);
  if (!erasure) throw common('not-found', { detail: 'This organization was never to be deleted.' });
  if (erasure.certificate === null) {
    return Response.json({ state: 'pending', deleteAt: erasure.dueAt }, { status: 202 });
  }
  return new Response(erasure.certificate, { headers: { 'content-type': 'application/json' } });
}

async function record(env: Env, tenant: string, { action, requestId }: { action: string; requestId: string }) {
  const note = { at: Date.now(), action, target: tenant, status: 200, outcome: outcomeOf(200), requestId };
  await auditOf(env, tenant).append([{ ...note, actor: { kind: 'operator', id: OPERATOR.id } }]);
}
