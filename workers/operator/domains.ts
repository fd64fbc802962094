import { z } from 'zod';
import type { Claim, ClaimStore } from '../domains/claims.ts';
import { d1HookDomains, hookHolderOf } from '../domains/hook-store.ts';
import { readDomain } from '../domains/name.ts';
import { forgetHost } from '../domains/host.ts';
import { common } from '../kit/problem.ts';
import { captorOf, d1Domains } from '../sso/domain-store.ts';
import { randomText } from '../kit/random-text.ts';
import { bodyOf, profileOf, record } from './call.ts';
import type { OperatorCall } from './call.ts';

const Body = z.strictObject({
  tenant: z.string(),
  domain: z.string().max(253),
});

/** Domains of one use. */
interface Use {
  area: string;
  holder(db: D1Database, domain: string): Promise<string | undefined>;
  store(db: D1Database, tenant: string): Pick<ClaimStore<Claim>, 'add' | 'verified' | 'remove'>;
}

const SSO: Use = {
  area: 'sso-domains',
  holder: async (db, domain) => (await captorOf(db, domain))?.tenant,
  store: d1Domains,
};
const HOOKS: Use = { area: 'hook-domains', holder: hookHolderOf, store: d1HookDomains };

/** `POST /internal/sso-domains` (SSO1). */
export const verifyDomain = (call: OperatorCall) => vouch(call, SSO);

/** `POST /internal/hook-domains` (HDM1). */
export async function verifyHookDomain(call: OperatorCall) {
  const done = await vouch(call, HOOKS);
  forgetHost(done.domain);
  return done;
}

/**
 * The operator says that a domain is an organisation's, where neither DNS nor the web can show it. Another organisation
 * that held it does no longer.
 */
async function vouch(call: OperatorCall, { area, holder, store }: Use) {
  const { env } = call;
  const body = await bodyOf(call, Body);
  const domain = readDomain(body.domain);
  if (domain === undefined) {
    throw common('input-invalid', { errors: [{ pointer: '/domain', message: 'This is no domain' }] });
  }
  await profileOf(call, body.tenant);
  const nowMs = Date.now();
  const before = await holder(env.DB, domain);
  if (before !== undefined && before !== body.tenant) await store(env.DB, before).remove(domain);
  const claims = store(env.DB, body.tenant);
  await claims.add({ domain, token: randomText(24), verifiedAt: null, method: null, createdAt: nowMs });
  await claims.verified(domain, { method: 'operator', nowMs });
  for (const tenant of new Set([body.tenant, ...(before === undefined ? [] : [before])])) {
    await record(call, tenant, { action: `${area}.${tenant === body.tenant ? 'verify' : 'remove'}`, target: domain });
  }
  return { tenant: body.tenant, domain, verifiedAt: nowMs };
}
