import { z } from 'zod';
import { route } from '../../kit/contract.ts';

export const errors = {} as const;

const MAX_ENTRIES = 500;

const Entries = z.array(z.string().min(1).max(260)).max(MAX_ENTRIES);
const Given = z.strictObject({
  deny: Entries.default([]).describe(
    'Hosts, `host:port` or ranges such as 10.0.0.0/8 that workflows may not reach; wins over everything. `*`: nothing may',
  ),
  only: Entries.default([]).describe('The same; where not empty, workflows reach nothing else'),
  maxResponseBytes: z
    .number()
    .int()
    .min(1_024)
    .max(33_554_432)
    .optional()
    .describe('Of one response, or one conversation'),
  timeoutMs: z.number().int().min(100).max(300_000).optional().describe('Of one request, redirects and body included'),
});

const Policy = z.strictObject({
  private: z
    .array(z.string())
    .describe('Private services and ports of other protocols that the operator lets workflows reach'),
  deny: z.array(z.string()),
  only: z.array(z.string()),
  maxResponseBytes: z.number().int().nullable(),
  timeoutMs: z.number().int().nullable(),
});
export type Policy = z.output<typeof Policy>;

export const contract = {
  get: route({
    method: 'GET',
    path: '/v1/egress',
    summary: 'Where workflows may reach out to',
    scope: 'egress:read',
    cost: 1,
    output: Policy,
    errors: [],
  }),
  replace: route({
    method: 'PUT',
    path: '/v1/egress',
    summary: 'Narrow where workflows may reach out to; counts within ten seconds',
    scope: 'egress:write',
    cost: 2,
    body: Given,
    output: Policy,
    errors: [],
  }),
};
