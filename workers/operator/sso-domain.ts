import { z } from 'zod';
import { common } from '../kit/problem.ts';
import { readDomain } from '../sso/domain.ts';
import { captorOf, d1Domains } from '../sso/domain-store.ts';
import { randomText } from '../sso/environment.ts';
import { bodyOf, profileOf, record } from './call.ts';
import type { OperatorCall } from './call.ts';

const Body = z.strictObject({
  tenant: z.string(),
  domain: z.string().max(253),
});

/**
 * `POST /internal/sso-domains`: the operator says that a domain is an organisation's, where neither DNS nor the web can
 * show it (SSO1). Another organisation that held it does no longer.
 */
export async function verifyDomain(call: OperatorCall) {
  const { env } = call;
  const body = await bodyOf(call, Body);
  const domain = readDomain(body.domain);
  if (domain === undefined) {
    throw common('input-invalid', { errors: [{ pointer: '/domain', message: 'This is no domain' }] });
  }
  await profileOf(call, body.tenant);
  const nowMs = Date.now();
  const before = await captorOf(env.DB, domain);
  if (before && before.tenant !== body.tenant) await d1Domains(env.DB, before.tenant).remove(domain);
  const store = d1Domains(env.DB, body.tenant);
  await store.add({ domain, token: randomText(24), enforced: 0, verifiedAt: null, method: null, createdAt: nowMs });
  await store.verified(domain, { method: 'operator', nowMs });
  const told = new Set([body.tenant, ...(before ? [before.tenant] : [])]);
  for (const tenant of told) {
    await record(call, tenant, {
      action: tenant === body.tenant ? 'sso-domains.verify' : 'sso-domains.remove',
      target: domain,
    });
  }
  return { tenant: body.tenant, domain, verifiedAt: nowMs };
}
