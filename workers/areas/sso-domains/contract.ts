import { z } from 'zod';
import { route } from '../../kit/contract.ts';

export const errors = {
  'domain-unknown': { status: 404, title: 'There is no such domain here' },
  'domain-invalid': { status: 400, title: 'This is no domain that mail goes to' },
  'domain-unproven': { status: 409, title: 'The domain does not show the token' },
  'domain-taken': { status: 409, title: 'Another organisation has shown that the domain is its own' },
  'domains-full': { status: 409, title: 'There are too many domains' },
} as const;

const Moment = z.number().int().describe('Epoch milliseconds');

export const Domain = z.strictObject({
  id: z.string().describe('The domain'),
  domain: z.string(),
  verifiedAt: Moment.nullable(),
  method: z.enum(['dns', 'https', 'operator']).nullable().describe('How it was shown'),
  enforced: z.boolean().describe('Its people enter by SSO only, owners excepted'),
  createdAt: Moment,
  dns: z.strictObject({ name: z.string(), type: z.literal('TXT'), value: z.string() }).describe('Either this record'),
  https: z.strictObject({ url: z.string(), body: z.string() }).describe('Or this file shows it'),
});
export type Domain = z.output<typeof Domain>;

const params = z.strictObject({ id: z.string().max(253).describe('The domain') });

export const contract = {
  list: route({
    method: 'GET',
    path: '/v1/sso-domains',
    summary: 'List the domains of the organisation',
    scope: 'sso:read',
    cost: 1,
    output: z.strictObject({ domains: z.array(Domain) }),
    errors: [],
  }),
  create: route({
    method: 'POST',
    path: '/v1/sso-domains',
    summary: 'Say that a domain is the organisation’s; it must be verified then',
    scope: 'sso:own',
    cost: 3,
    body: z.strictObject({ domain: z.string().trim().min(1).max(253) }),
    example: { domain: 'people.example.com' },
    output: Domain,
    errors: ['domain-invalid', 'domains-full', 'domain-taken'],
  }),
  get: route({
    method: 'GET',
    path: '/v1/sso-domains/{id}',
    summary: 'One domain, and what must be found there',
    scope: 'sso:read',
    cost: 1,
    params,
    output: Domain,
    errors: ['domain-unknown'],
  }),
  verify: route({
    method: 'POST',
    path: '/v1/sso-domains/{id}/verify',
    summary: 'Look for the token at the domain, in DNS and over https',
    scope: 'sso:own',
    cost: 10,
    status: 200,
    params,
    output: Domain,
    errors: ['domain-unknown', 'domain-unproven', 'domain-taken'],
  }),
  change: route({
    method: 'PATCH',
    path: '/v1/sso-domains/{id}',
    summary: 'Say whether people of the domain must sign in by SSO',
    scope: 'sso:own',
    cost: 2,
    params,
    body: z.strictObject({ enforced: z.boolean() }),
    output: Domain,
    errors: ['domain-unknown', 'domain-unproven'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/v1/sso-domains/{id}',
    summary: 'Give a domain up; its people sign in as before, but nobody new by SSO',
    scope: 'sso:own',
    cost: 2,
    status: 204,
    answers: 'empty',
    params,
    output: z.void(),
    errors: ['domain-unknown'],
  }),
};
