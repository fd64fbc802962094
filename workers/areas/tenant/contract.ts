import { z } from 'zod';
import { route } from '../../kit/contract.ts';

export const errors = {} as const;

export const contract = {
  get: route({
    method: 'GET',
    path: '/v1/tenant',
    summary: 'Read the tenant this API key belongs to',
    scope: 'tenant:read',
    cost: 1,
    output: z.strictObject({
      id: z.string(),
      name: z.string(),
      shards: z.number().int().describe('Runner objects its runs are spread over'),
      suspended: z.boolean(),
      standing: z.enum(['active', 'suspended', 'deleting']),
      standingReason: z.string(),
      standingBy: z.enum(['', 'owner', 'operator']),
      standingSince: z.number().int().describe('Epoch milliseconds'),
      deleteAt: z.number().int().nullable().describe('When it is deleted, while it is `deleting`'),
      region: z.string().nullable().describe('Where its objects were made'),
      branding: z.looseObject({}),
      createdAt: z.number().int().describe('Epoch milliseconds'),
      egress: z
        .strictObject({
          allow: z.array(z.string()),
          deny: z.array(z.string()),
          only: z.array(z.string()).optional(),
          maxResponseBytes: z.number().int().optional(),
          timeoutMs: z.number().int().optional(),
        })
        .describe(
          'Hosts, host:port or CIDR that workflows may reach although private, and may not reach at all; see /v1/egress',
        ),
      retentionDays: z.number().int().describe('How long finished runs are kept'),
      auditDays: z.number().int().describe('How long records of the audit log are kept'),
    }),
    errors: [],
  }),
};
