import { area } from '../../kit/area.ts';
import type { Context } from '../../kit/context.ts';
import { captorOf, d1Domains } from '../../sso/domain-store.ts';
import { egressOf } from '../../sso/environment.ts';
import { randomText } from '../../kit/random-text.ts';
import { proofOf } from '../../domains/proof.ts';
import { contract, errors } from './contract.ts';
import { domainService } from './service.ts';

const service = ({ env, tenant, now }: Context) =>
  domainService({
    store: d1Domains(env.DB, tenant),
    holder: async (domain) => (await captorOf(env.DB, domain))?.tenant,
    tenant,
    proof: (domain, token) =>
      proofOf(domain, token, { egress: egressOf(env), resolver: env.DNS_RESOLVER_URL || undefined }),
    newToken: () => randomText(24),
    now,
  });

const ssoDomains = area('sso-domains', contract, errors).handle({
  list: async (_, context) => ({ domains: await service(context).list() }),
  create: async ({ body }, context) => {
    const made = await service(context).create(body.domain);
    context.touched({ target: made.domain, after: { domain: made.domain } });
    return made;
  },
  get: ({ params }, context) => service(context).get(params.id),
  verify: async ({ params }, context) => {
    const after = await service(context).verify(params.id);
    context.touched({ after: { verified: after.method } });
    return after;
  },
  change: async ({ params, body }, context) => {
    const { before, after } = await service(context).change(params.id, body.enforced);
    context.touched({ before: { enforced: before.enforced }, after: { enforced: after.enforced } });
    return after;
  },
  remove: async ({ params }, context) => {
    const gone = await service(context).remove(params.id);
    context.touched({ before: { domain: gone.domain, verified: gone.method } });
  },
});

export { ssoDomains as area };
