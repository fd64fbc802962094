import type { Binding, OnError, Retry, WorkflowNode } from './document.ts';
import { Fields, present } from './fields.ts';
import { FOREIGN_LIMITS, isPlainObject } from './limits.ts';
import { type ProblemList, pointer } from './problem.ts';

const MAX_NOTE_LENGTH = 1_000_000;
const WEEK_MS = 7 * 86_400_000;
const ON_ERROR: readonly OnError[] = ['stop', 'continue', 'error-output'];
const IN_DOUBT = ['retry', 'ask', 'fail'] as const;

const NODE_MEMBERS: ReadonlySet<string> = new Set([
  'id', 'name', 'type', 'version', 'parameters', 'position', 'disabled', 'notes', 'onError', 'retry', 'timeoutMs',
  'alwaysOutput', 'executeOnce', 'inDoubt', 'credentials', 'webhookId', 'group', 'binding', 'foreign',
]); // prettier-ignore
const BINDING_MEMBERS: ReadonlySet<string> = new Set(['type', 'version', 'parameters', 'credentials']);
const RETRY_MEMBERS: ReadonlySet<string> = new Set(['maxTries', 'waitMs', 'backoff', 'maxWaitMs', 'jitter']);

/** One node, or undefined after reporting why not. */
export function parseNode(value: unknown, path: string, problems: ProblemList): WorkflowNode | undefined {
  const fields = Fields.of(value, path, problems, NODE_MEMBERS);
  if (!fields) return undefined;
  const id = fields.name('id', 'The node id');
  const name = fields.name('name', 'The node name');
  const type = fields.name('type', 'The node type');
  const version = fields.number('version', { min: 0, max: 1e6 });
  if (fields.raw('version') === undefined) fields.required('version', 'The node version is missing.');
  const parameters = fields.json('parameters');
  if (fields.raw('parameters') === undefined) fields.required('parameters', 'The parameters are missing; use {}.');
  const position = fields.position('position');
  const optional = present({
    disabled: fields.boolean('disabled'),
    notes: fields.text('notes', MAX_NOTE_LENGTH),
    onError: fields.oneOf('onError', ON_ERROR),
    retry: parseRetry(fields.raw('retry'), path, problems),
    timeoutMs: fields.number('timeoutMs', { min: 1, max: WEEK_MS, integer: true }),
    alwaysOutput: fields.boolean('alwaysOutput'),
    executeOnce: fields.boolean('executeOnce'),
    inDoubt: fields.oneOf('inDoubt', IN_DOUBT),
    credentials: fields.json('credentials'),
    webhookId: fields.text('webhookId'),
    group: fields.text('group'),
    binding: parseBinding(fields.raw('binding'), path, problems),
    foreign: fields.json('foreign', FOREIGN_LIMITS),
  });
  if (id === undefined || name === undefined || type === undefined) return undefined;
  if (version === undefined || parameters === undefined || position === undefined) return undefined;
  return { id, name, type, version, parameters, position, ...optional };
}

/** The id alone, for nodes too broken to keep: their edges must not be reported as dangling as well. */
export function idOf(value: unknown): string | undefined {
  return isPlainObject(value) && Object.hasOwn(value, 'id') && typeof value.id === 'string' ? value.id : undefined;
}

function parseRetry(value: unknown, nodePath: string, problems: ProblemList): Retry | undefined {
  if (value === undefined) return undefined;
  const fields = Fields.of(value, pointer(nodePath, 'retry'), problems, RETRY_MEMBERS);
  if (!fields) return undefined;
  const maxTries = fields.number('maxTries', { min: 1, max: 100, integer: true });
  const waitMs = fields.number('waitMs', { min: 0, max: WEEK_MS });
  const optional = present({
    backoff: fields.number('backoff', { min: 1, max: 10 }),
    maxWaitMs: fields.number('maxWaitMs', { min: 0, max: WEEK_MS }),
    jitter: fields.number('jitter', { min: 0, max: 1 }),
  });
  if (fields.raw('maxTries') === undefined) fields.required('maxTries', 'The number of tries is missing.');
  if (fields.raw('waitMs') === undefined) fields.required('waitMs', 'The wait between tries is missing.');
  return maxTries === undefined || waitMs === undefined ? undefined : { maxTries, waitMs, ...optional };
}

function parseBinding(value: unknown, nodePath: string, problems: ProblemList): Binding | undefined {
  if (value === undefined) return undefined;
  const fields = Fields.of(value, pointer(nodePath, 'binding'), problems, BINDING_MEMBERS);
  if (!fields) return undefined;
  const type = fields.name('type', 'The type of the node to run instead');
  const parameters = fields.json('parameters');
  if (fields.raw('parameters') === undefined) fields.required('parameters', 'The parameters are missing; use {}.');
  const optional = present({
    version: fields.number('version', { min: 0, max: 1e6 }),
    credentials: fields.json('credentials'),
  });
  return type === undefined || parameters === undefined ? undefined : { type, parameters, ...optional };
}
