import { d1HookDomains, hookHolderOf } from '../../domains/hook-store.ts';
import { claimsOf, proofsOf } from '../../domains/claims.ts';
import type { Claim } from '../../domains/claims.ts';
import { proofOf } from '../../domains/proof.ts';
import { forgetHost, mayBeForeign } from '../../domains/host.ts';
import { area } from '../../kit/area.ts';
import type { Context } from '../../kit/context.ts';
import { problemsOf } from '../../kit/problem.ts';
import { egressOf } from '../../sso/environment.ts';
import { randomText } from '../../kit/random-text.ts';
import { contract, errors } from './contract.ts';
import type { Domain } from './contract.ts';

const problem = problemsOf(errors);

const claims = ({ env, tenant, now }: Context) =>
  claimsOf({
    store: d1HookDomains(env.DB, tenant),
    holder: (domain) => hookHolderOf(env.DB, domain),
    tenant,
    proof: (domain, token) =>
      proofOf(domain, token, { egress: egressOf(env), resolver: env.DNS_RESOLVER_URL || undefined }),
    path: '/v1/hook-domains',
    newToken: () => randomText(24),
    now,
  });

const shown = (row: Claim): Domain => ({
  id: row.domain,
  domain: row.domain,
  verifiedAt: row.verifiedAt,
  // SAFETY: only these are ever stored.
  method: row.method as Domain['method'],
  createdAt: row.createdAt,
  address: `https://${row.domain}/`,
  ...proofsOf(row),
});

const hookDomains = area('hook-domains', contract, errors).handle({
  list: async (_, { env, tenant }) => ({ domains: (await d1HookDomains(env.DB, tenant).list()).map(shown) }),
  create: async ({ body }, context) => {
    const made = await claims(context).create(body.domain);
    context.touched({ target: made.domain, after: { domain: made.domain } });
    return shown(made);
  },
  get: async ({ params }, context) => shown(await claims(context).known(params.id)),
  verify: async ({ params }, context) => {
    const { env } = context;
    const { domain } = await claims(context).known(params.id);
    if (!mayBeForeign(domain, env)) {
      throw problem('domain-invalid', {
        detail: 'This deployment itself answers there.',
        hint: 'Take a name of yours.',
      });
    }
    const after = await claims(context).verify(params.id);
    forgetHost(domain);
    context.touched({ target: domain, after: { verified: after.method } });
    return shown(after);
  },
  remove: async ({ params }, context) => {
    const gone = await claims(context).remove(params.id);
    forgetHost(gone.domain);
    context.touched({ target: gone.domain, before: { domain: gone.domain, verified: gone.method } });
  },
});

export { hookDomains as area };
