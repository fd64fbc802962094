import { z } from 'zod';
import { canonical } from '../../core/data/canonical.ts';
import type { Json } from '../../core/data/item.ts';
import { METERS } from '../../core/quota/meters.ts';
import type { Overrides } from '../../core/quota/plan.ts';
import { PLANS } from '../../core/quota/plans.generated.ts';
import { planNamed } from '../../core/quota/plans.ts';
import { auditOf, isTenantId, meterOf, tenantOf } from '../../durable-objects/stubs.ts';
import type { Env } from '../env.ts';
import { readJson } from '../kit/body.ts';
import { sha256Hex } from '../kit/digest.ts';
import { common, Problem } from '../kit/problem.ts';
import type { Fault } from '../kit/problem.ts';
import { failureResponse, newRequestId, SECURITY_HEADERS } from '../kit/response.ts';
import { refuseFaults, validate } from '../kit/validate.ts';
import { operatorOnly } from './gate.ts';

const Amount = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const Limit = z.strictObject({ soft: Amount.optional(), hard: Amount.optional() }).nullable();
const Rate = z
  .strictObject({ perSecond: z.number().positive().max(1_000_000), burst: z.number().min(1).max(10_000_000) })
  .nullable();
const Choice = z.strictObject({
  plan: z.enum(PLANS.map(({ name }) => name) as [string, ...string[]]),
  overrides: z
    .strictObject({
      meters: z.strictObject(Object.fromEntries(METERS.map((meter) => [meter, Limit.optional()]))).optional(),
      rates: z.strictObject({ runs: Rate.optional(), api: Rate.optional(), apiPerKey: Rate.optional() }).optional(),
      effects: z.number().int().min(1).max(1_000).optional(),
    })
    .default({}),
});

const PATH = /^\/internal\/organizations\/([^/]+)\/plan$/;

/** `/internal/plans` and `/internal/organizations/{id}/plan`: what an operator gives tenants. Undefined: another address. */
export async function servePlans(request: Request, env: Env): Promise<Response | undefined> {
  const { pathname } = new URL(request.url);
  const tenant = PATH.exec(pathname)?.[1];
  if (tenant === undefined && pathname !== '/internal/plans') return undefined;
  const requestId = newRequestId();
  const answer = (value: unknown): Response =>
    Response.json(value, { headers: { ...SECURITY_HEADERS, 'cache-control': 'no-store', 'x-request-id': requestId } });
  try {
    await operatorOnly(request, env);
    const allow = tenant === undefined ? ['GET'] : ['GET', 'PUT'];
    if (!allow.includes(request.method)) {
      throw common('method-not-allowed', { headers: { allow: allow.join(', ') } });
    }
    if (tenant === undefined) return answer({ plans: PLANS });
    if (!isTenantId(tenant) || !(await tenantOf(env, tenant).profile()).ok) {
      throw new Problem('tenant-unknown', { status: 404, title: 'There is no such tenant' });
    }
    if (request.method === 'PUT') await change(request, { env, tenant, requestId });
    const { plan, overrides, limits, period, used, outstanding } = await meterOf(env, tenant).summary();
    const leases = await meterOf(env, tenant).ledger();
    return answer({ plan, overrides, limits, period, used, outstanding, leases });
  } catch (error) {
    return failureResponse(error, requestId);
  }
}

async function change(
  request: Request,
  { env, tenant, requestId }: { env: Env; tenant: string; requestId: string },
): Promise<void> {
  const faults: Fault[] = [];
  const choice = await validate(Choice, await readJson(request, 'refused'), 'body', faults);
  refuseFaults(faults);
  // SAFETY: validated above; zod types absent members as undefined, which JSON does not have.
  const { plan, overrides } = JSON.parse(JSON.stringify(choice)) as { plan: string; overrides: Overrides };
  if (!planNamed(plan)) throw common('input-invalid');
  const meter = meterOf(env, tenant);
  const before = await meter.summary();
  await meter.setPlan({ plan, overrides });
  const hash = (of: object): Promise<string> => sha256Hex(canonical(of as Json));
  await auditOf(env, tenant).append([
    {
      at: Date.now(),
      actor: { kind: 'operator', id: 'deployment-key' },
      action: 'operator.set-plan',
      target: tenant,
      status: 200,
      outcome: 'done',
      requestId,
      before: await hash({ plan: before.plan, overrides: before.overrides }),
      after: await hash({ plan, overrides }),
    },
  ]);
}
