import { z } from 'zod';
import { route } from '../../kit/contract.ts';
import { Domain as Shown, errors as shared } from '../sso-domains/contract.ts';

export const errors = {
  ...shared,
  'domain-invalid': { status: 400, title: 'Webhooks cannot answer there' },
} as const;

const Domain = Shown.omit({ enforced: true }).extend({
  address: z.string().describe('How addresses of its webhooks, forms and chats begin, once it is verified'),
});
export type Domain = z.output<typeof Domain>;

const params = z.strictObject({ id: z.string().max(253).describe('The domain') });

export const contract = {
  list: route({
    method: 'GET',
    path: '/v1/hook-domains',
    summary: 'List the domains at which webhooks, forms and chats answer, or will once they are verified',
    scope: 'hook-domains:read',
    cost: 1,
    output: z.strictObject({ domains: z.array(Domain) }),
    errors: [],
  }),
  create: route({
    method: 'POST',
    path: '/v1/hook-domains',
    summary: 'Say that webhooks, forms and chats shall answer at a domain of your own; it must be verified then',
    scope: 'hook-domains:write',
    cost: 3,
    body: z.strictObject({ domain: z.string().trim().min(1).max(253) }),
    example: { domain: 'hooks.example.com' },
    output: Domain,
    errors: ['domain-invalid', 'domains-full', 'domain-taken'],
  }),
  get: route({
    method: 'GET',
    path: '/v1/hook-domains/{id}',
    summary: 'One domain, and what must be found there',
    scope: 'hook-domains:read',
    cost: 1,
    params,
    output: Domain,
    errors: ['domain-unknown'],
  }),
  verify: route({
    method: 'POST',
    path: '/v1/hook-domains/{id}/verify',
    summary: 'Look for the token at the domain, in DNS and over https; then webhooks answer there',
    scope: 'hook-domains:write',
    cost: 10,
    status: 200,
    params,
    output: Domain,
    errors: ['domain-unknown', 'domain-unproven', 'domain-taken'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/v1/hook-domains/{id}',
    summary: 'Give a domain up; half a minute later nothing answers there',
    scope: 'hook-domains:write',
    cost: 2,
    status: 204,
    answers: 'empty',
    params,
    output: z.void(),
    errors: ['domain-unknown'],
  }),
};
