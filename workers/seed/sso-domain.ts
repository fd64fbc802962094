import { z } from 'zod';
import { auditOf, isTenantId, tenantOf } from '../../durable-objects/stubs.ts';
import type { Env } from '../env.ts';
import { readJson } from '../kit/body.ts';
import { common } from '../kit/problem.ts';
import type { Fault } from '../kit/problem.ts';
import { newRequestId, SECURITY_HEADERS } from '../kit/response.ts';
import { refuseFaults, validate } from '../kit/validate.ts';
import { readDomain } from '../sso/domain.ts';
import { captorOf, d1Domains } from '../sso/domain-store.ts';
import { randomText } from '../sso/environment.ts';

const Body = z.strictObject({
  tenant: z.string().refine(isTenantId, 'This is no organisation’s id'),
  domain: z.string().max(253),
});

/**
 * `POST /internal/sso-domains`: the operator says that a domain is an organisation's, where neither DNS nor the web can
 * show it (SSO1). Another organisation that held it does no longer.
 */
export async function serveDomain(request: Request, env: Env): Promise<Response> {
  const faults: Fault[] = [];
  const body = (await validate(Body, (await readJson(request, 'refused')) ?? {}, 'body', faults)) as z.output<
    typeof Body
  >;
  refuseFaults(faults);
  const domain = readDomain(body.domain);
  if (domain === undefined) {
    throw common('input-invalid', { errors: [{ pointer: '/domain', message: 'This is no domain' }] });
  }
  const profile = await tenantOf(env, body.tenant).profile();
  if (!profile.ok) throw common('not-found', { detail: 'There is no such organisation.' });
  const nowMs = Date.now();
  const before = await captorOf(env.DB, domain);
  if (before && before.tenant !== body.tenant) await d1Domains(env.DB, before.tenant).remove(domain);
  const store = d1Domains(env.DB, body.tenant);
  await store.add({ domain, token: randomText(24), enforced: 0, verifiedAt: null, method: null, createdAt: nowMs });
  await store.verified(domain, { method: 'operator', nowMs });
  const told = new Set([body.tenant, ...(before ? [before.tenant] : [])]);
  for (const tenant of told) {
    await auditOf(env, tenant).append([
      {
        at: nowMs,
        actor: { kind: 'operator', id: 'deployment' },
        action: tenant === body.tenant ? 'sso-domains.verify' : 'sso-domains.remove',
        target: domain,
        status: 200,
        outcome: 'done',
        requestId: newRequestId(),
      },
    ]);
  }
  return Response.json(
    { tenant: body.tenant, domain, verifiedAt: nowMs },
    { headers: { ...SECURITY_HEADERS, 'cache-control': 'no-store' } },
  );
}
