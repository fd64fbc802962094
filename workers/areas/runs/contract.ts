import { z } from 'zod';
import { route } from '../../kit/contract.ts';

export const errors = {
  'run-unknown': { status: 404, title: 'There is no such run' },
  'file-unknown': { status: 404, title: 'There is no such file in this run' },
  'run-finished': { status: 409, title: 'The run is already finished' },
  'run-not-waiting': { status: 409, title: 'The run does not wait for an answer' },
  'version-unknown': { status: 404, title: 'There is no such version' },
  'too-many-readers': { status: 503, title: 'Too many follow the list of runs at once' },
  'cursor-invalid': { status: 400, title: 'The cursor is not one of ours' },
} as const;

const MAX_WAIT_MS = 120_000;
const UNIT_MS: Readonly<Record<string, number>> = { '': 1_000, ms: 1, s: 1_000, m: 60_000 };

/** `30s`, `500ms`, `2m` or plain seconds, at most two minutes: milliseconds. */
export const Wait = z
  .string()
  .regex(/^[0-9]{1,6}(ms|s|m)?$/, 'Write it like 30s, 500ms or 2m')
  .transform((text) => parseInt(text, 10) * (UNIT_MS[text.replace(/^[0-9]+/, '')] ?? 0))
  .refine((waitMs) => waitMs <= MAX_WAIT_MS, 'At most 2m')
  .describe('Answer only when the run is at rest, or after this long: 30s, 500ms, at most 2m');

const STATUSES = ['queued', 'running', 'waiting', 'paused', 'success', 'error', 'canceled', 'superseded'] as const;
const MODES = ['production', 'manual', 'retry', 'error', 'child'] as const;
const Status = z.enum(STATUSES);
const Took = z.coerce.number().int().min(0);
const Moment = z.coerce.number().int().min(0).describe('Epoch milliseconds');

export const RunHead = z.looseObject({
  id: z.string(),
  workflow: z.string(),
  version: z.string(),
  status: Status,
  mode: z.enum(MODES),
  trigger: z.string().describe('Registry type of the trigger node'),
  startedAt: z.number(),
  finishedAt: z.number().optional(),
  steps: z.number().int(),
  error: z.looseObject({ code: z.string(), message: z.string(), node: z.string().optional() }).optional(),
  waitingFor: z.string().optional(),
  rerunOf: z.string().describe('The run that it repeats, wholly or from a node on').optional(),
  startedBy: z
    .strictObject({ kind: z.enum(['member', 'key', 'service']), id: z.string() })
    .describe('Who started it by hand or by the API; absent where a trigger, a call or a stranger did')
    .optional(),
});

/** A whole run. Items are `{json, binary?, pairedItem?, error?}`. */
export const RunView = RunHead.extend({
  data: z.looseObject({}),
  nodes: z.array(
    z.looseObject({
      index: z.number().int(),
      node: z.string(),
      nodeName: z.string(),
      type: z.string(),
      runIndex: z.number().int(),
      status: z.enum(['running', 'waiting', 'success', 'error']),
      sources: z
        .array(z.looseObject({ step: z.number().int(), output: z.number().int() }).nullable())
        .describe('Which output of which step came in, by input'),
      error: z
        .looseObject({
          code: z.string(),
          message: z.string(),
          description: z.string().optional(),
          itemIndex: z.number().int().optional(),
          expression: z.string().optional().describe('Text of the parameter whose expression failed'),
        })
        .optional(),
      asks: z
        .looseObject({ title: z.string(), description: z.string() })
        .optional()
        .describe('What its page asks, where it waits with one; the description may hold HTML'),
      startedAt: z.number(),
      durationMs: z.number().optional(),
      attempts: z.number().int(),
      outputs: z.array(z.array(z.looseObject({})).nullable()),
      logs: z.array(z.string()).optional().describe('Lines that the node printed'),
      said: z.string().optional().describe('What it told the chat that started the run'),
      called: z.number().int().optional().describe('How many runs it called: GET /v1/runs/{id}/called'),
    }),
  ),
  resumeUrls: z
    .array(z.looseObject({ node: z.string(), url: z.string() }))
    .optional()
    .describe('Where it goes on: whoever has the address can answer. Only for those who may answer anyway'),
  reruns: z.array(z.string()).optional().describe('Runs that repeated it, newest first, at most 20'),
  calledBy: z
    .strictObject({ run: z.string(), step: z.number().int(), nodeName: z.string().optional() })
    .optional()
    .describe('The run and step that called it, for those who may see that run'),
  errorRun: z
    .string()
    .optional()
    .describe('The run of its error workflow that its failure started, for those who may see that run'),
  errorRunDue: z.literal(true).optional().describe('It failed, and its error workflow is about to be started'),
  errorOf: z.string().optional().describe('The failed run it was started for, for those who may see that run'),
  customData: z.record(z.string(), z.string()).optional().describe('Facts its nodes noted about it'),
});
export type RunHead = z.output<typeof RunHead>;

const id = z.strictObject({ id: z.string().describe('As `POST …/runs` or the header X-Millrace-Run gave it') });
const Statuses = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => [value].flat().flatMap((text) => text.split(',')))
  .pipe(z.array(Status));
const controlled = { method: 'POST', scope: 'runs:write', cost: 2, status: 200, params: id } as const;

export const contract = {
  list: route({
    method: 'GET',
    path: '/v1/runs',
    summary: 'List runs, newest first',
    scope: 'runs:read',
    cost: 2,
    query: z.strictObject({
      status: Statuses.describe('One or several, separated by commas').optional(),
      workflow: z.string().max(100).optional(),
      trigger: z.string().max(100).optional(),
      mode: z.enum(MODES).optional(),
      startedBy: z.string().max(100).describe('Id of the member, key or service account that started it').optional(),
      version: z.string().max(100).describe('As runs have it: 7, 7@staging, draft:…; draft: any draft').optional(),
      environment: z.string().max(32).describe('Only runs in it: production, staging…').optional(),
      waitingFor: z
        .string()
        .max(30)
        .describe('What they wait for: approval, webhook, form, chat, in-doubt, time…')
        .optional(),
      minTook: Took.describe('Milliseconds it took, or has been going on, at least').optional(),
      maxTook: Took.describe('… and at most').optional(),
      idle: z.stringbool().describe('true: also polls that found nothing new').optional(),
      since: Moment.optional(),
      until: Moment.optional(),
      text: z.string().max(200).describe('Text in id, workflow, error code or message').optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      cursor: z.string().max(4_000).describe('As the page before gave it').optional(),
    }),
    resource: { kind: 'run', list: true },
    output: z.strictObject({ runs: z.array(RunHead), cursor: z.string().optional() }),
    errors: ['cursor-invalid'],
  }),
  follow: route({
    method: 'GET',
    path: '/v1/runs/events',
    summary: 'Follow the list of runs as server-sent events: `runs` with what changed, four times a second at most',
    scope: 'runs:read',
    cost: 2,
    answers: 'stream',
    resource: { kind: 'run', list: true },
    output: z.string(),
    errors: ['too-many-readers'],
  }),
  get: route({
    method: 'GET',
    path: '/v1/runs/{id}',
    summary: 'Read a run with all its steps and items',
    scope: 'runs:read',
    cost: 1,
    params: id,
    query: z.strictObject({ wait: Wait.optional() }),
    resource: { kind: 'run', param: 'id' },
    output: RunView,
    errors: ['run-unknown'],
  }),
  called: route({
    method: 'GET',
    path: '/v1/runs/{id}/called',
    summary: 'List the runs that a run called, in their order, as far as you may see them',
    scope: 'runs:read',
    cost: 2,
    params: id,
    query: z.strictObject({
      step: z.coerce.number().int().min(0).describe('Index of one step: only what it called').optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      cursor: z
        .string()
        .regex(/^\d{1,9}$/, 'Give back the cursor of the page before, unchanged')
        .optional(),
    }),
    resource: { kind: 'run', param: 'id' },
    output: z.strictObject({ runs: z.array(RunHead), cursor: z.string().optional() }),
    errors: ['run-unknown'],
  }),
  file: route({
    method: 'GET',
    path: '/v1/runs/{id}/files/{file}',
    summary: 'Download a file that an item of a run holds',
    scope: 'runs:read',
    cost: 2,
    answers: 'bytes',
    params: id.extend({ file: z.string().max(128).describe('`id` of a file in `binary` of an item') }),
    resource: { kind: 'run', param: 'id' },
    output: z.void(),
    errors: ['run-unknown', 'file-unknown'],
  }),
  cancel: route({
    ...controlled,
    path: '/v1/runs/{id}/cancel',
    summary: 'Cancel a run, for good',
    body: z.strictObject({ reason: z.string().max(500).optional() }).optional(),
    resource: { kind: 'run', param: 'id' },
    output: RunHead,
    errors: ['run-unknown', 'run-finished'],
  }),
  pause: route({
    ...controlled,
    path: '/v1/runs/{id}/pause',
    summary: 'Pause a run before its next step',
    resource: { kind: 'run', param: 'id' },
    output: RunHead,
    errors: ['run-unknown', 'run-finished'],
  }),
  resume: route({
    ...controlled,
    path: '/v1/runs/{id}/resume',
    summary: 'Let a paused run go on',
    resource: { kind: 'run', param: 'id' },
    output: RunHead,
    errors: ['run-unknown', 'run-finished'],
  }),
  rerun: route({
    ...controlled,
    path: '/v1/runs/{id}/rerun',
    summary: 'Start a new run that reuses the outcomes of all steps before a node',
    body: z.strictObject({ node: z.string().max(1_000).optional(), wait: Wait.optional() }).optional(),
    resource: { kind: 'run', param: 'id' },
    output: z.looseObject({ run: z.string() }),
    errors: ['run-unknown'],
  }),
  resolve: route({
    ...controlled,
    path: '/v1/runs/{id}/resolve',
    summary: 'Decide an effect in doubt: it happened, do it again, or fail',
    body: z.strictObject({
      step: z.number().int().min(0),
      decision: z.enum(['retry', 'fail', 'done']),
      items: z.array(z.looseObject({ json: z.looseObject({}) })).optional(),
    }),
    resource: { kind: 'run', param: 'id' },
    output: RunHead,
    errors: ['run-unknown', 'run-finished'],
  }),
  answer: route({
    ...controlled,
    path: '/v1/runs/{id}/answer',
    summary: 'Approve, decline or continue a run that waits for a person or a call',
    body: z.strictObject({
      approved: z.boolean().describe('Needed by an approval; a call gets it as `query.approved`').optional(),
      remark: z.string().max(2_000).optional(),
      data: z.unknown().describe('Body of the call that is waited for').optional(),
      step: z
        .number()
        .int()
        .min(0)
        .describe('Index of the step that was looked at: another is not answered')
        .optional(),
    }),
    example: { approved: true },
    resource: { kind: 'run', param: 'id' },
    output: RunHead,
    errors: ['run-unknown', 'run-finished', 'run-not-waiting'],
  }),
  migrate: route({
    ...controlled,
    path: '/v1/runs/{id}/migrate',
    summary: 'Move a live run to another version, once its journal is proven to replay there',
    body: z.strictObject({ version: z.number().int().min(1), dryRun: z.boolean().optional() }),
    resource: { kind: 'run', param: 'id' },
    output: z.looseObject({}),
    errors: ['run-unknown', 'run-finished', 'version-unknown'],
  }),
  events: route({
    method: 'GET',
    path: '/v1/runs/{id}/events',
    summary: 'Follow a run as server-sent events until it ends',
    scope: 'runs:read',
    cost: 2,
    answers: 'stream',
    params: id,
    resource: { kind: 'run', param: 'id' },
    output: z.string(),
    errors: ['run-unknown'],
  }),
};
