import { z } from 'zod';
import { route } from '../../kit/contract.ts';
import { EnvironmentName, InEnvironment } from '../environments/contract.ts';
import { RunView, Wait } from '../runs/contract.ts';

export const errors = {
  'credential-not-shared': { status: 403, title: 'The workflow uses a credential that is not shared with you' },
  'workflow-unknown': { status: 404, title: 'There is no such workflow' },
  'version-unknown': { status: 404, title: 'There is no such version' },
  'document-invalid': { status: 400, title: 'The workflow has errors' },
  'document-too-large': { status: 413, title: 'The workflow is too large' },
  'import-empty': { status: 400, title: 'There is no workflow in this file' },
  'revision-conflict': { status: 412, title: 'Somebody changed the workflow in the meantime' },
  'hook-path-taken': { status: 409, title: 'Another workflow has this webhook address' },
  'hook-credential-missing': { status: 400, title: 'This webhook wants an authentication and names no credential' },
  'input-not-items': { status: 400, title: 'The input cannot become items' },
  'environment-unknown': { status: 404, title: 'There is no such environment' },
  'not-published-there': { status: 409, title: 'There is nothing to promote' },
  'promotion-incomplete': { status: 409, title: 'The environment lacks what this version needs' },
  'nothing-to-listen': { status: 409, title: 'The draft has no webhook' },
  'listening-closed': { status: 503, title: 'Drafts take no calls here' },
  'cursor-invalid': { status: 400, title: 'The cursor is not one of ours' },
} as const;

const isGiven = (body: unknown): boolean => body !== undefined;
const id = z.strictObject({ id: z.string() });
const Moment = z.number().int().describe('Epoch milliseconds');
/** Checked by core/graph, which lists every problem with its place; the shape is core/graph/document.ts. */
const Document = z
  .unknown()
  .refine(isGiven, 'A JSON body is needed')
  .meta({ type: 'object', description: 'A Millrace workflow document (schema 1)' });

const EXAMPLE = {
  schema: 1,
  name: '{text}',
  nodes: [{ id: 'start', name: 'Start', type: 'manual', version: 1, parameters: {}, position: [0, 0] }],
  edges: [],
  settings: {},
  notes: [],
  pinned: [],
};

const Diagnosis = z.strictObject({
  path: z.string().describe('JSON pointer'),
  code: z.string(),
  message: z.string(),
  hint: z.string().optional(),
  severity: z.enum(['error', 'warning']),
});
export const WorkflowHead = z.strictObject({
  id: z.string(),
  name: z.string(),
  revision: z.number().int(),
  createdAt: Moment,
  updatedAt: Moment,
  /** Null when no version takes triggers. */
  published: z.number().int().nullable(),
});
export type WorkflowHead = z.output<typeof WorkflowHead>;
const Listed = WorkflowHead.extend({
  project: z.string().nullable(),
  folder: z.string().nullable(),
  tags: z.array(z.string()),
  createdBy: z.string().nullable().describe('Who made it: member:…, key:… or service:…'),
});
const WorkflowView = WorkflowHead.extend({ document: Document });
const Saved = WorkflowHead.extend({ warnings: z.array(Diagnosis) });

/** What will run, node by node; made by core/interop. */
const NodeStatuses = z.enum(['runs', 'needs-credential', 'needs-connector', 'changed']);
/** What became of a file's nodes; core/interop/n8n/SPEC.md says what each status means. */
const Report = z.looseObject({
  nodes: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      type: z.string(),
      status: NodeStatuses,
      reason: z.string().optional(),
      bind: z.array(z.string()).optional().describe('Types to bind the node to: see `bindings`'),
    }),
  ),
  counts: z.record(z.string(), z.number()),
  notes: z.array(z.string()),
  bindings: z
    .record(z.string(), z.unknown())
    .describe('Templates for `binding` of a node in the document, by type; fill in and PUT the document'),
  expressions: z.array(z.unknown()).describe('Expressions that cannot run, with place and reason'),
});
const Hook = z.strictObject({
  method: z.string(),
  url: z.string(),
  node: z.string(),
  page: z.string().optional().describe('What people see there: `form` or `chat`. Absent: it is called by programs'),
});
const Schedules = z.array(z.strictObject({ node: z.string(), zone: z.string(), next: z.array(Moment) }));
const Published = z.strictObject({ version: z.number().int(), hooks: z.array(Hook), schedules: Schedules });

export const contract = {
  create: route({
    method: 'POST',
    path: '/v1/workflows',
    summary: 'Create a workflow from a Millrace document',
    scope: 'workflows:write',
    cost: 5,
    body: Document,
    example: EXAMPLE,
    output: Saved,
    errors: ['credential-not-shared', 'document-invalid', 'document-too-large'],
  }),
  list: route({
    method: 'GET',
    path: '/v1/workflows',
    summary: 'List workflows, last changed first',
    scope: 'workflows:read',
    cost: 2,
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      project: z.string().max(100).optional(),
      folder: z.string().max(100).optional(),
      tag: z.string().max(50).optional(),
      text: z.string().max(200).describe('Text in the name').optional(),
      environment: InEnvironment.describe('Whose published versions are told: production, staging…'),
      state: z.enum(['live', 'draft']).describe('live: takes triggers in that environment; draft: does not').optional(),
      cursor: z.string().max(400).optional(),
    }),
    resource: { kind: 'workflow', list: true },
    output: z.strictObject({ workflows: z.array(Listed), cursor: z.string().optional() }),
    errors: ['cursor-invalid'],
  }),
  validate: route({
    method: 'POST',
    path: '/v1/workflows/validate',
    summary: 'List everything wrong with a document, without storing it',
    scope: 'workflows:read',
    cost: 3,
    status: 200,
    body: Document,
    example: EXAMPLE,
    output: z.strictObject({ ok: z.boolean(), problems: z.array(Diagnosis) }),
    errors: [],
  }),
  import: route({
    method: 'POST',
    path: '/v1/workflows/import',
    summary: 'Import workflows of n8n (an export, a list, what was copied), Make (a blueprint) or Zapier (an export)',
    scope: 'workflows:write',
    cost: 10,
    body: z.unknown().refine(isGiven, 'A JSON body is needed').meta({ description: 'n8n JSON, of any shape' }),
    duplicateKeys: 'last-wins',
    example: { name: '{text}', nodes: [], connections: {} },
    output: z.strictObject({
      id: z.string(),
      report: Report,
      workflows: z.array(
        z.strictObject({
          id: z.string(),
          name: z.string(),
          report: Report,
          credentials: z
            .array(
              z.strictObject({
                node: z.string(),
                type: z.string(),
                name: z.string(),
                credential: z.string().nullable().describe('The one it names now; null: choose one'),
              }),
            )
            .describe('Where the file names credentials, and which of those you may use were chosen for it'),
        }),
      ),
      problems: z.array(z.looseObject({})),
    }),
    errors: ['credential-not-shared', 'import-empty', 'document-too-large'],
  }),
  get: route({
    method: 'GET',
    path: '/v1/workflows/{id}',
    summary: 'Read a workflow with its draft',
    scope: 'workflows:read',
    cost: 1,
    params: id,
    resource: { kind: 'workflow', param: 'id' },
    output: WorkflowView,
    errors: ['workflow-unknown'],
  }),
  export: route({
    method: 'GET',
    path: '/v1/workflows/{id}/export',
    summary: 'The draft as an n8n file; an import that was not edited comes back equal to its file',
    scope: 'workflows:read',
    cost: 2,
    params: id,
    resource: { kind: 'workflow', param: 'id' },
    output: z.looseObject({}),
    errors: ['workflow-unknown'],
  }),
  replace: route({
    method: 'PUT',
    path: '/v1/workflows/{id}',
    summary: 'Replace the draft; If-Match with its revision guards against lost edits',
    scope: 'workflows:write',
    cost: 5,
    params: id,
    body: Document,
    resource: { kind: 'workflow', param: 'id' },
    example: EXAMPLE,
    output: Saved,
    errors: [
      'credential-not-shared',
      'workflow-unknown',
      'document-invalid',
      'document-too-large',
      'revision-conflict',
    ],
  }),
  remove: route({
    method: 'DELETE',
    path: '/v1/workflows/{id}',
    summary: 'Unpublish and delete a workflow; its runs finish on their version',
    scope: 'workflows:write',
    cost: 5,
    status: 204,
    answers: 'empty',
    params: id,
    resource: { kind: 'workflow', param: 'id' },
    output: z.void(),
    errors: ['workflow-unknown'],
  }),
  publish: route({
    method: 'POST',
    path: '/v1/workflows/{id}/publish',
    summary: 'Make the draft an immutable version that takes triggers',
    scope: 'workflows:write',
    cost: 10,
    status: 200,
    params: id,
    query: z.strictObject({ environment: InEnvironment }),
    body: z.strictObject({ note: z.string().max(2_000).optional() }).optional(),
    resource: { kind: 'workflow', param: 'id' },
    output: Published,
    errors: [
      'workflow-unknown',
      'environment-unknown',
      'document-invalid',
      'hook-path-taken',
      'hook-credential-missing',
      'credential-not-shared',
    ],
  }),
  promote: route({
    method: 'POST',
    path: '/v1/workflows/{id}/promote',
    summary: 'Publish in one environment the version that is published in another',
    scope: 'workflows:write',
    cost: 10,
    status: 200,
    params: id,
    body: z.strictObject({
      from: EnvironmentName,
      to: EnvironmentName,
      allowMissing: z
        .boolean()
        .default(false)
        .describe('Also when variables or credentials that it names are missing there'),
    }),
    resource: { kind: 'workflow', param: 'id' },
    output: Published.extend({
      environment: z.string(),
      missing: z.strictObject({ variables: z.array(z.string()), credentials: z.array(z.string()) }),
    }),
    errors: [
      'workflow-unknown',
      'environment-unknown',
      'not-published-there',
      'promotion-incomplete',
      'hook-path-taken',
      'hook-credential-missing',
      'credential-not-shared',
    ],
  }),
  unpublish: route({
    method: 'POST',
    path: '/v1/workflows/{id}/unpublish',
    summary: 'Take no more triggers; runs under way go on',
    scope: 'workflows:write',
    cost: 5,
    status: 204,
    answers: 'empty',
    params: id,
    resource: { kind: 'workflow', param: 'id' },
    query: z.strictObject({ environment: InEnvironment }),
    output: z.void(),
    errors: ['workflow-unknown', 'environment-unknown'],
  }),
  versions: route({
    method: 'GET',
    path: '/v1/workflows/{id}/versions',
    summary: 'List versions, newest first',
    scope: 'workflows:read',
    cost: 2,
    params: id,
    resource: { kind: 'workflow', param: 'id' },
    output: z.strictObject({
      versions: z.array(
        z.strictObject({
          version: z.number().int(),
          note: z.string(),
          createdAt: Moment,
          published: z.boolean().describe('Takes triggers in production'),
          environments: z.array(z.string()).describe('Where it takes triggers'),
        }),
      ),
    }),
    errors: ['workflow-unknown'],
  }),
  version: route({
    method: 'GET',
    path: '/v1/workflows/{id}/versions/{version}',
    summary: 'Read a version with its document',
    scope: 'workflows:read',
    cost: 2,
    params: id.extend({ version: z.coerce.number().int().min(1) }),
    resource: { kind: 'workflow', param: 'id' },
    output: z.strictObject({
      version: z.number().int(),
      note: z.string(),
      createdAt: Moment,
      document: Document,
    }),
    errors: ['workflow-unknown', 'version-unknown'],
  }),
  rollback: route({
    method: 'POST',
    path: '/v1/workflows/{id}/rollback',
    summary: 'Publish an earlier version again; the draft stays as it is',
    scope: 'workflows:write',
    cost: 10,
    status: 200,
    params: id,
    query: z.strictObject({ environment: InEnvironment }),
    body: z.strictObject({ version: z.number().int().min(1) }),
    resource: { kind: 'workflow', param: 'id' },
    output: Published,
    errors: [
      'workflow-unknown',
      'environment-unknown',
      'version-unknown',
      'hook-path-taken',
      'hook-credential-missing',
      'credential-not-shared',
    ],
  }),
  starts: route({
    method: 'GET',
    path: '/v1/workflows/{id}/starts',
    summary: 'How the draft will be started from outside once it is published: addresses and next times',
    scope: 'workflows:read',
    cost: 2,
    params: id,
    query: z.strictObject({ environment: InEnvironment }),
    resource: { kind: 'workflow', param: 'id' },
    output: z.strictObject({
      hooks: z.array(Hook.extend({ live: z.boolean().describe('Answers now: the published version has it too') })),
      schedules: Schedules,
    }),
    errors: ['workflow-unknown', 'environment-unknown', 'hook-credential-missing', 'document-invalid'],
  }),
  listen: route({
    method: 'POST',
    path: '/v1/workflows/{id}/listen',
    summary: 'Addresses at which the webhooks of the draft take calls for a while, to try it out',
    scope: 'runs:write',
    cost: 5,
    status: 200,
    params: id,
    resource: { kind: 'workflow', param: 'id' },
    output: z.strictObject({
      hooks: z.array(Hook).describe('Each call starts a run of the draft as it then stands'),
      expiresAt: Moment,
    }),
    errors: ['workflow-unknown', 'hook-credential-missing', 'nothing-to-listen', 'listening-closed'],
  }),
  start: route({
    method: 'POST',
    path: '/v1/workflows/{id}/runs',
    summary: 'Start a run of the published version, or of the draft when there is none',
    scope: 'runs:write',
    cost: 5,
    status: 202,
    alsoStatus: { 200: 'With `wait`: the run, once it is at rest' },
    params: id,
    query: z.strictObject({ wait: Wait.optional() }),
    body: z
      .strictObject({
        input: z.unknown().describe('Items, plain objects, or any JSON: what the first node gets').optional(),
        node: z.string().max(1_000).describe('Id of the node to start at').optional(),
        destination: z.string().max(1_000).describe('Id of the node to stop after').optional(),
        version: z.union([z.number().int().min(1), z.literal('draft')]).optional(),
        pinned: z
          .boolean()
          .describe('Use pinned data instead of running pinned nodes; of the node it begins at only without `input`')
          .optional(),
        environment: EnvironmentName.describe('Default: production').optional(),
        idempotencyKey: z.string().min(1).max(255).describe('Also as header Idempotency-Key').optional(),
      })
      .optional(),
    resource: { kind: 'workflow', param: 'id' },
    output: z.union([z.strictObject({ id: z.string(), duplicate: z.boolean() }), RunView]),
    errors: ['workflow-unknown', 'environment-unknown', 'version-unknown', 'input-not-items'],
  }),
};
