import { z } from 'zod';
import { FLOWS, METERS } from '../../../core/quota/meters.ts';
import { route } from '../../kit/contract.ts';
import { errors as sinkErrors, MadeSink, Sink, SinkUrl } from '../audit/contract.ts';

export const errors = {
  'run-unknown': { status: 404, title: 'There is no such run' },
  'sink-unknown': sinkErrors['sink-unknown'],
  'sinks-full': sinkErrors['sinks-full'],
  'url-invalid': sinkErrors['url-invalid'],
  'vault-closed': sinkErrors['vault-closed'],
  'span-invalid': { status: 400, title: 'This span of time cannot be shown' },
} as const;

const Count = z.number().describe('Whole numbers; cpuMs may have decimals');
/** How clients name the meters: CPU in milliseconds. */
export const Amounts = z.strictObject({
  runs: Count,
  steps: Count,
  cpuMs: Count,
  egressBytes: Count,
  apiCalls: Count,
  aiTokens: Count,
});
export type Amounts = z.output<typeof Amounts>;

const Moment = z.coerce.number().int().min(0).max(8_640_000_000_000).describe('Epoch milliseconds');
const MeterName = z.enum(METERS.map((meter) => (meter === 'cpuUs' ? 'cpuMs' : meter)) as [string, ...string[]]);
const FlowName = z.enum(FLOWS.map((flow) => (flow === 'cpuUs' ? 'cpuMs' : flow)) as [string, ...string[]]);
const Rate = z.strictObject({ perSecond: z.number(), burst: z.number() });

const Span = {
  since: Moment.optional(),
  until: Moment.describe('Exclusive; default now').optional(),
};

export const contract = {
  now: route({
    method: 'GET',
    path: '/v1/usage',
    summary: 'Read what was used in this period, and of which limits',
    scope: 'usage:read',
    cost: 2,
    output: z.strictObject({
      plan: z.string(),
      period: z.strictObject({ id: z.string(), start: z.number(), end: z.number() }),
      meters: z.array(
        z.strictObject({
          meter: MeterName,
          used: z.number(),
          soft: z.number().describe('Beyond it people are told').optional(),
          hard: z.number().describe('Nothing goes beyond it').optional(),
          percent: z.number().describe('Of the hard limit, else of the soft one').optional(),
        }),
      ),
      rates: z.strictObject({ runs: Rate.optional(), api: Rate.optional(), apiPerKey: Rate.optional() }),
      effects: z.number().int().describe('Requests and code of one shard under way at once'),
      leased: z.number().int().describe('Runs granted to shards and not yet reported'),
    }),
    errors: [],
  }),
  series: route({
    method: 'GET',
    path: '/v1/usage/series',
    summary: 'Read usage by hour or day, oldest first',
    scope: 'usage:read',
    cost: 3,
    query: z.strictObject({
      by: z.enum(['hour', 'day']).default('day'),
      ...Span,
      workflow: z.string().max(200).optional(),
    }),
    output: z.strictObject({ points: z.array(z.strictObject({ at: z.number(), amounts: Amounts })) }),
    errors: ['span-invalid'],
  }),
  workflows: route({
    method: 'GET',
    path: '/v1/usage/workflows',
    summary: 'Read which workflows used how much, most first',
    scope: 'usage:read',
    cost: 3,
    query: z.strictObject({
      ...Span,
      sort: FlowName.default('runs'),
      limit: z.coerce.number().int().min(1).max(500).default(50),
    }),
    output: z.strictObject({ workflows: z.array(z.strictObject({ workflow: z.string(), amounts: Amounts })) }),
    errors: ['span-invalid'],
  }),
  export: route({
    method: 'GET',
    path: '/v1/usage/export',
    summary: 'Download usage by hour or day and workflow as CSV',
    scope: 'usage:read',
    cost: 5,
    answers: 'bytes',
    query: z.strictObject({ by: z.enum(['hour', 'day']).default('day'), ...Span }),
    output: z.void(),
    errors: ['span-invalid'],
  }),
  run: route({
    method: 'GET',
    path: '/v1/usage/runs/{id}',
    summary: 'Read what one run used, and which of its nodes',
    scope: 'usage:read',
    cost: 3,
    params: z.strictObject({ id: z.string().max(100) }),
    output: z.strictObject({
      run: z.string(),
      workflow: z.string(),
      amounts: Amounts,
      nodes: z.array(z.strictObject({ node: z.string(), ms: z.number(), amounts: Amounts })),
    }),
    errors: ['run-unknown'],
  }),
  notices: route({
    method: 'GET',
    path: '/v1/usage/notices',
    summary: 'List the limits that were reached, newest first',
    scope: 'usage:read',
    cost: 2,
    query: z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
    output: z.strictObject({
      notices: z.array(
        z.strictObject({
          period: z.string(),
          meter: MeterName,
          percent: z.number().int(),
          kind: z.enum(['soft', 'hard']),
          limit: z.number(),
          used: z.number(),
          at: z.number(),
        }),
      ),
    }),
    errors: [],
  }),
  sinks: route({
    method: 'GET',
    path: '/v1/usage/sinks',
    summary: 'List where notices of limits are sent on, and how far each has come',
    scope: 'usage:read',
    cost: 2,
    output: z.strictObject({ sinks: z.array(Sink) }),
    errors: [],
  }),
  addSink: route({
    method: 'POST',
    path: '/v1/usage/sinks',
    summary: 'Send notices of limits on to an address, from now on and at least once; its secret is shown only now',
    scope: 'usage:write',
    cost: 5,
    body: z.strictObject({ url: SinkUrl }),
    example: { url: 'https://billing.example.com/in' },
    output: MadeSink,
    errors: ['sinks-full', 'url-invalid', 'vault-closed'],
  }),
  removeSink: route({
    method: 'DELETE',
    path: '/v1/usage/sinks/{id}',
    summary: 'Send no more notices to an address',
    scope: 'usage:write',
    cost: 2,
    status: 204,
    answers: 'empty',
    params: z.strictObject({ id: z.string().max(100) }),
    output: z.void(),
    errors: ['sink-unknown'],
  }),
};
