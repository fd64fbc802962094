import { z } from 'zod';
import { route } from '../../kit/contract.ts';

export const errors = {
  'sink-unknown': { status: 404, title: 'There is no such sink' },
  'sinks-full': { status: 409, title: 'There are too many sinks' },
  'url-invalid': { status: 400, title: 'This is no address to send to' },
  'vault-closed': { status: 503, title: 'Secrets cannot be kept here' },
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
  run: z.string().describe('Run that it started: of the target, a workflow, or again, of the target, a run').optional(),
  status: z.number().int(),
  outcome: z.enum(['done', 'refused', 'failed']),
  requestId: z.string(),
  count: z.number().int().describe('How many like it within a second').optional(),
  before: Hash.optional(),
  after: Hash.optional(),
  prev: Hash,
  hash: Hash,
});
export type AuditRecord = z.output<typeof AuditRecord>;

export const Sink = z.strictObject({
  id: z.string(),
  url: z.string(),
  cursor: z.number().int().describe('Position of the last record it took'),
  failures: z.number().int().describe('In a row'),
  nextAt: z.number().int().nullable().describe('When it is tried again, after a failure'),
  error: z.string(),
});

export const MadeSink = z.strictObject({
  id: z.string(),
  url: z.string(),
  secret: z
    .string()
    .describe(
      'Key of the HMAC-SHA256 in X-Millrace-Signature; with `whsec_` before it, the secret of Standard Webhooks',
    ),
});
export const SinkUrl = z.url({ protocol: /^https?$/ }).max(2_000);

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
      target: z.string().max(200).describe('What it was done to, or the run that it started').optional(),
      outcome: z.enum(['done', 'refused', 'failed']).optional(),
      request: z.string().max(100).optional(),
      only: z.enum(['changes']).describe('changes: neither reads nor what runs and webhooks did').optional(),
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
  sinks: route({
    method: 'GET',
    path: '/v1/audit/sinks',
    summary: 'List where the audit log is sent on, and how far each has come',
    scope: 'audit:read',
    cost: 2,
    output: z.strictObject({ sinks: z.array(Sink) }),
    errors: [],
  }),
  addSink: route({
    method: 'POST',
    path: '/v1/audit/sinks',
    summary: 'Send the audit log on to an address, in order and at least once; its secret is shown only now',
    scope: 'audit:write',
    cost: 5,
    body: z.strictObject({
      url: SinkUrl,
      from: z.enum(['now', 'start']).default('now').describe('start: also what is in the log already'),
    }),
    example: { url: 'https://siem.example.com/in' },
    output: MadeSink,
    errors: ['sinks-full', 'url-invalid', 'vault-closed'],
  }),
  removeSink: route({
    method: 'DELETE',
    path: '/v1/audit/sinks/{id}',
    summary: 'Send nothing more to an address',
    scope: 'audit:write',
    cost: 2,
    status: 204,
    answers: 'empty',
    params: z.strictObject({ id: z.string().max(100) }),
    output: z.void(),
    errors: ['sink-unknown'],
  }),
};
