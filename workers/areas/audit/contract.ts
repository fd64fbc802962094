import { z } from 'zod';
import { route } from '../../kit/contract.ts';

export const errors = {
  'cursor-invalid': { status: 400, title: 'The cursor is not one of ours' },
} as const;

const Hash = z.string().regex(/^[0-9a-f]{64}$/);
const Moment = z.coerce.number().int().min(0).describe('Epoch milliseconds');
const Head = z.strictObject({ seq: z.number().int(), hash: Hash });

export const AuditRecord = z.strictObject({
  seq: z.number().int(),
  at: z.number().int().describe('Epoch milliseconds'),
  actor: z.strictObject({ kind: z.string(), id: z.string() }),
  action: z.string().describe('`area.route`'),
  target: z.string().optional(),
  status: z.number().int(),
  outcome: z.enum(['done', 'refused', 'failed']),
  requestId: z.string(),
  before: Hash.optional(),
  after: Hash.optional(),
  prev: Hash,
  hash: Hash,
});
export type AuditRecord = z.output<typeof AuditRecord>;

export const contract = {
  search: route({
    method: 'GET',
    path: '/v1/audit',
    summary: 'Search the audit log, newest first',
    scope: 'audit:read',
    cost: 3,
    query: z.strictObject({
      actor: z.string().max(200).optional(),
      action: z.string().max(100).describe('`area.route`, or `area.*`').optional(),
      target: z.string().max(200).optional(),
      outcome: z.enum(['done', 'refused', 'failed']).optional(),
      request: z.string().max(100).optional(),
      since: Moment.optional(),
      until: Moment.optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      cursor: z.string().max(100).optional(),
    }),
    output: z.strictObject({ records: z.array(AuditRecord), cursor: z.string().optional() }),
    errors: ['cursor-invalid'],
  }),
  export: route({
    method: 'GET',
    path: '/v1/audit/records',
    summary: 'Read the whole audit log in its order, page by page, to keep and check it elsewhere',
    scope: 'audit:read',
    cost: 5,
    query: z.strictObject({
      after: z.coerce.number().int().min(0).describe('Position of the last record you have').default(0),
      limit: z.coerce.number().int().min(1).max(5_000).default(1_000),
    }),
    output: z.strictObject({ records: z.array(AuditRecord), anchor: Head, head: Head }),
    errors: [],
  }),
};
