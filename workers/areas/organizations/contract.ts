import { z } from 'zod';
import { route } from '../../kit/contract.ts';

export const errors = {
  'organization-taken': { status: 409, title: 'There is an organisation of that id' },
  'organizations-full': { status: 409, title: 'You own too many organisations' },
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
    }),
    output: z.strictObject({ id: z.string(), name: z.string(), role: z.literal('owner') }),
    errors: ['organization-taken', 'organizations-full'],
  }),
};
