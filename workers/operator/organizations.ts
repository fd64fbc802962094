import { z } from 'zod';
import { tenantOf } from '../../durable-objects/stubs.ts';
import { REGIONS } from '../../core/environment/region.ts';
import type { TenantProfile } from '../../durable-objects/tenant/protocol.ts';
import { EnvironmentName } from '../areas/environments/contract.ts';
import { newApiKey } from '../kit/api-key.ts';
import { newId } from '../kit/context.ts';
import { sha256Hex } from '../kit/digest.ts';
import { common, Problem } from '../kit/problem.ts';
import { eraseDue } from '../lifecycle/erase.ts';
import { d1Erasures } from '../lifecycle/erasures.ts';
import { standingOf } from '../lifecycle/standing.ts';
import { createOrganization } from '../organizations/create.ts';
import { bodyOf, OPERATOR, profileOf, record } from './call.ts';
import type { OperatorCall } from './call.ts';
import { PlanName } from './plan.ts';

const PAGE = 100;

const NewTenant = z.strictObject({
  id: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{1,38}[a-z0-9])$/, 'Small letters, digits and hyphens, 3 to 40'),
  name: z.string().trim().min(1).max(100),
  region: z.enum(REGIONS).optional(),
  plan: PlanName.optional(),
  environments: z.array(EnvironmentName).max(20).optional(),
});
const Reason = z.strictObject({ reason: z.string().max(500).default('') });
const Removal = z.strictObject({ graceDays: z.number().int().min(0).max(90).default(7) });

/** By id, so that a page goes on where the last one ended whatever was made meanwhile. */
export async function list({ env, url }: OperatorCall) {
  const select =
    'SELECT tenant_id AS id, created_at AS createdAt FROM tenants WHERE tenant_id > ? ORDER BY tenant_id LIMIT ?';
  const found = env.DB.prepare(select).bind(url.searchParams.get('after') ?? '', PAGE);
  const { results } = await found.all<{ id: string; createdAt: number }>();
  const organizations = await Promise.all(
    results.map(async ({ id, createdAt }) => {
      const profile = await tenantOf(env, id).profile();
      if (!profile.ok) return { id, createdAt, standing: 'unknown' };
      const { name, standing, standingReason, standingBy, deleteAt } = profile.value;
      return { id, name, createdAt, standing, standingReason, standingBy, deleteAt };
    }),
  );
  const last = results.length === PAGE ? results.at(-1)?.id : undefined;
  return last === undefined ? { organizations } : { organizations, after: last };
}

/** An organisation with a key and without people, for machines. */
export async function make(call: OperatorCall): Promise<Response> {
  const { env } = call;
  const wanted = await bodyOf(call, NewTenant);
  const { id } = wanted;
  if (!(await createOrganization(env, { ...wanted, origin: call.url.origin }))) {
    throw new Problem('organization-taken', { status: 409, title: 'There is an organisation of this id' });
  }
  const apiKey = newApiKey(id);
  await tenantOf(env, id).addKey({ id: newId('key'), name: 'Operator', scopes: ['*'], hash: await sha256Hex(apiKey) });
  await record(call, id, { action: 'operator.create' });
  return Response.json({ tenant: id, apiKey }, { status: 201 });
}

export const read = (call: OperatorCall): Promise<TenantProfile> => profileOf(call, idIn(call));

export async function remove(call: OperatorCall): Promise<Response> {
  const { env } = call;
  const tenant = idIn(call);
  await profileOf(call, tenant);
  const { graceDays } = await bodyOf(call, Removal);
  const { deleteAt } = await standingOf(env, tenant).remove(OPERATOR, graceDays);
  await record(call, tenant, { action: 'operator.remove' });
  if (graceDays > 0) return Response.json({ deleteAt }, { status: 202 });
  await eraseDue(env, Date.now());
  return certificate(call);
}

export async function certificate(call: OperatorCall): Promise<Response> {
  const erasure = await d1Erasures(call.env.DB).of(idIn(call));
  if (!erasure) throw common('not-found', { detail: 'This organization was never to be deleted.' });
  if (erasure.certificate === null) {
    return Response.json({ state: 'pending', deleteAt: erasure.dueAt }, { status: 202 });
  }
  return new Response(erasure.certificate, { headers: { 'content-type': 'application/json' } });
}

export const suspend = async (call: OperatorCall): Promise<TenantProfile> => {
  const { reason } = await bodyOf(call, Reason);
  return stand(call, 'suspend', (standing) => standing.suspend(OPERATOR, reason));
};
export const resume = (call: OperatorCall) => stand(call, 'resume', (standing) => standing.resume(OPERATOR));
export const restore = (call: OperatorCall) => stand(call, 'restore', (standing) => standing.restore(OPERATOR));

async function stand(
  call: OperatorCall,
  verb: 'suspend' | 'resume' | 'restore',
  act: (standing: ReturnType<typeof standingOf>) => Promise<TenantProfile>,
): Promise<TenantProfile> {
  const tenant = idIn(call);
  await profileOf(call, tenant);
  const after = await act(standingOf(call.env, tenant));
  await record(call, tenant, { action: `operator.${verb}` });
  return after;
}

const idIn = ({ params }: OperatorCall): string => params[0] ?? '';
