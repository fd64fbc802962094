import { IANAZone } from 'luxon';
import type { WorkflowSettings } from './document.ts';
import { Fields, present } from './fields.ts';
import { type ProblemList, pointer, quote } from './problem.ts';

const DAY_MS = 86_400_000;
/** Runs may wait for people for long, but a timer a year out is a mistake. */
const MAX_RUN_MS = 366 * DAY_MS;
const MAX_PERIOD_MS = 31 * DAY_MS;
const MAX_KEY_LENGTH = 4_096;
const MAX_STEPS_LIMIT = 10_000_000;

const SETTINGS_MEMBERS: ReadonlySet<string> = new Set([
  'executionOrder', 'timezone', 'errorWorkflow', 'timeoutMs', 'maxSteps', 'concurrency', 'rateLimit', 'debounce',
  'priority', 'idempotencyKey',
]); // prettier-ignore
const CONCURRENCY_MEMBERS: ReadonlySet<string> = new Set(['limit', 'key']);
const RATE_MEMBERS: ReadonlySet<string> = new Set(['limit', 'periodMs', 'key']);
const DEBOUNCE_MEMBERS: ReadonlySet<string> = new Set(['delayMs', 'key', 'maxDelayMs']);

export function parseSettings(value: unknown, path: string, problems: ProblemList): WorkflowSettings {
  const fields = Fields.of(value, path, problems, SETTINGS_MEMBERS);
  if (!fields) return {};
  const inner = (key: string, known: ReadonlySet<string>): Fields | undefined =>
    fields.raw(key) === undefined ? undefined : Fields.of(fields.raw(key), pointer(path, key), problems, known);
  return present({
    executionOrder: fields.oneOf('executionOrder', ['v1', 'v0'] as const),
    timezone: parseZone(fields),
    errorWorkflow:
      fields.raw('errorWorkflow') === undefined ? undefined : fields.name('errorWorkflow', 'The error workflow'),
    timeoutMs: fields.number('timeoutMs', { min: 1, max: MAX_RUN_MS, integer: true }),
    maxSteps: fields.number('maxSteps', { min: 1, max: MAX_STEPS_LIMIT, integer: true }),
    concurrency: parseConcurrency(inner('concurrency', CONCURRENCY_MEMBERS)),
    rateLimit: parseRateLimit(inner('rateLimit', RATE_MEMBERS)),
    debounce: parseDebounce(inner('debounce', DEBOUNCE_MEMBERS)),
    priority: parsePriority(fields),
    idempotencyKey: fields.text('idempotencyKey', MAX_KEY_LENGTH),
  });
}

/** True for names of the IANA database, as `Intl` knows it. */
export function isTimeZone(name: string): boolean {
  return name !== '' && IANAZone.isValidZone(name);
}

function parseZone(fields: Fields): string | undefined {
  const zone = fields.text('timezone', 100);
  if (zone === undefined || isTimeZone(zone)) return zone;
  const hint = 'Use an IANA name such as Europe/Berlin.';
  return fields.error('timezone', 'unknown-timezone', `${quote(zone)} is not a time zone.`, hint);
}

function parsePriority(fields: Fields): number | string | undefined {
  if (typeof fields.raw('priority') === 'string') return fields.text('priority', MAX_KEY_LENGTH);
  return fields.number('priority', { min: -1e6, max: 1e6 });
}

function needed(fields: Fields, key: string, range: { min: number; max: number }): number | undefined {
  if (fields.raw(key) === undefined) return fields.required(key, `${key} is missing.`);
  return fields.number(key, { ...range, integer: true });
}

function parseConcurrency(fields: Fields | undefined): WorkflowSettings['concurrency'] {
  if (!fields) return undefined;
  const limit = needed(fields, 'limit', { min: 1, max: 10_000 });
  const key = fields.text('key', MAX_KEY_LENGTH);
  return limit === undefined ? undefined : present({ limit, key });
}

function parseRateLimit(fields: Fields | undefined): WorkflowSettings['rateLimit'] {
  if (!fields) return undefined;
  const limit = needed(fields, 'limit', { min: 1, max: 1_000_000 });
  const periodMs = needed(fields, 'periodMs', { min: 1, max: MAX_PERIOD_MS });
  const key = fields.text('key', MAX_KEY_LENGTH);
  return limit === undefined || periodMs === undefined ? undefined : present({ limit, periodMs, key });
}

function parseDebounce(fields: Fields | undefined): WorkflowSettings['debounce'] {
  if (!fields) return undefined;
  const delayMs = needed(fields, 'delayMs', { min: 0, max: MAX_PERIOD_MS });
  const key = fields.text('key', MAX_KEY_LENGTH);
  const maxDelayMs = fields.number('maxDelayMs', { min: 0, max: MAX_PERIOD_MS, integer: true });
  return delayMs === undefined ? undefined : present({ delayMs, key, maxDelayMs });
}
