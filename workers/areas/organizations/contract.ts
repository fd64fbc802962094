import { z } from 'zod';
import { REGIONS } from '../../../core/environment/region.ts';
import { route } from '../../kit/contract.ts';
import { EnvironmentName } from '../environments/contract.ts';

export const errors = {
  'organization-taken': { status: 409, title: 'There is an organisation of that id' },
  'organizations-full': { status: 409, title: 'You own too many organisations' },
  'plan-not-offered': { status: 403, title: 'Only the operator gives this plan' },
  'email-unverified': { status: 403, title: 'Your address is not confirmed' },
} as const;

export const contract = {
  create: route({
    method: 'POST',
    path: '/v1/organizations',
    summary: 'Make an organisation; whoever makes it owns it',
    actor: 'person',
    scope: 'account:write',
    cost: 20,
    body: z.strictObject({
      name: z.string().trim().min(1).max(100),
      id: z
        .string()
        .regex(/^[a-z0-9](?:[a-z0-9-]{1,38}[a-z0-9])$/, 'Small letters, digits and hyphens, 3 to 40')
        .optional()
        .describe('Part of the addresses of its webhooks; made from the name when left out'),
      region: z
        .enum(REGIONS)
        .optional()
        .describe('Where its data and runs are, as Cloudflare names places; for good. Left out: near who asks first'),
      plan: z.string().max(40).optional().describe('One the deployment offers; left out: the one it gives everybody'),
      environments: z.array(EnvironmentName).max(20).optional().describe('Besides development, staging and production'),
    }),
    output: z.strictObject({
      id: z.string(),
      name: z.string(),
      role: z.literal('owner'),
      region: z.enum(REGIONS).nullable(),
      plan: z.string(),
      environments: z.array(z.string()).describe('In the order workflows are promoted'),
      quickStart: z.string().describe('The webhook of its first workflow, which answers already'),
    }),
    errors: ['organization-taken', 'organizations-full', 'plan-not-offered'],
  }),
};
