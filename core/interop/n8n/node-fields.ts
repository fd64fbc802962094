import type { Json, JsonObject } from '../../data/item.ts';
import type { OnError, Retry, WorkflowNode } from '../../graph/document.ts';
import { checkJsonLimits, MAX_NAME_BYTES, PARAMETER_LIMITS } from '../../graph/limits.ts';
import { asObject, numeric, own, put } from './json.ts';
import { placeHere, placeN8n } from './place.ts';

const ON_ERROR: readonly (readonly [string, OnError])[] = [
  ['stopWorkflow', 'stop'],
  ['continueRegularOutput', 'continue'],
  ['continueErrorOutput', 'error-output'],
];

/** Members that say one thing together: when one was edited, the file's spelling of the others is stale too. */
export const FIELD_GROUPS = [
  ['onError', 'continueOnFail'],
  ['retryOnFail', 'maxTries', 'waitBetweenTries'],
] as const;

const MAX_VERSION = 1e6;
const MAX_NOTES_LENGTH = 1_000_000;
/** Drawn out, it is still one of ours. */
const MAX_COORDINATE = 6e8;
/** Nodes without a position stand in a row: the order of branches goes by position. */
const GRID_PX = 220;

type NodeFields = Omit<WorkflowNode, 'id' | 'name' | 'type' | 'foreign'>;

/** Everything of a node but its identity. `changes` gets a sentence for each thing that will not be as in the file. */
export function readFields(raw: JsonObject, index: number, changes: string[]): NodeFields {
  const fields: NodeFields = {
    version: readVersion(own(raw, 'typeVersion')),
    parameters: readParameters(own(raw, 'parameters'), changes),
    position: placeHere(readPosition(own(raw, 'position')) ?? [index * GRID_PX, 0]),
  };
  if (own(raw, 'disabled') === true) fields.disabled = true;
  const notes = own(raw, 'notes');
  if (typeof notes === 'string' && notes !== '' && notes.length <= MAX_NOTES_LENGTH) fields.notes = notes;
  const onError = readOnError(raw);
  if (onError) fields.onError = onError;
  const retry = readRetry(raw);
  if (retry) fields.retry = retry;
  if (own(raw, 'alwaysOutputData') === true) fields.alwaysOutput = true;
  if (own(raw, 'executeOnce') === true) fields.executeOnce = true;
  const credentials = readCredentials(own(raw, 'credentials'));
  if (credentials) fields.credentials = credentials;
  const webhookId = own(raw, 'webhookId');
  if (typeof webhookId === 'string' && webhookId.length <= MAX_NAME_BYTES) fields.webhookId = webhookId;
  return fields;
}

/** The same members as n8n writes them, its defaults left out. */
export function writeFields(node: WorkflowNode): JsonObject {
  const raw: JsonObject = { parameters: node.parameters, typeVersion: node.version, position: placeN8n(node.position) };
  if (node.disabled) raw.disabled = true;
  if (node.notes !== undefined) raw.notes = node.notes;
  const onError = ON_ERROR.find(([, ours]) => ours === node.onError)?.[0];
  if (onError !== undefined) raw.onError = onError;
  if (node.retry) {
    raw.retryOnFail = true;
    raw.maxTries = node.retry.maxTries;
    raw.waitBetweenTries = node.retry.waitMs;
  }
  if (node.alwaysOutput) raw.alwaysOutputData = true;
  if (node.executeOnce) raw.executeOnce = true;
  if (node.credentials) raw.credentials = node.credentials;
  if (node.webhookId !== undefined) raw.webhookId = node.webhookId;
  return raw;
}

function readVersion(raw: Json | undefined): number {
  const version = numeric(raw);
  return version !== undefined && version >= 0 && version <= MAX_VERSION ? version : 1;
}

function readParameters(raw: Json | undefined, changes: string[]): JsonObject {
  if (raw === undefined) return {};
  const parameters = asObject(raw);
  const breach = parameters ? checkJsonLimits(parameters, PARAMETER_LIMITS)?.message : 'They are not an object.';
  if (parameters && !breach) return parameters;
  changes.push(`Its parameters cannot be used: ${breach}`);
  return {};
}

function readPosition(raw: Json | undefined): [number, number] | undefined {
  const file = asObject(raw);
  const [x, y] = (Array.isArray(raw) ? raw : [own(file, 'x'), own(file, 'y')]).map(numeric);
  if (x === undefined || y === undefined) return undefined;
  return Math.abs(x) <= MAX_COORDINATE && Math.abs(y) <= MAX_COORDINATE ? [x, y] : undefined;
}

function readOnError(raw: JsonObject): OnError | undefined {
  const named = own(raw, 'onError');
  const found = ON_ERROR.find(([theirs]) => theirs === named)?.[1];
  return found ?? (own(raw, 'continueOnFail') === true ? 'continue' : undefined);
}

/** n8n clamps when it runs; we clamp when we read, and export gives the file's numbers back. */
function readRetry(raw: JsonObject): Retry | undefined {
  if (own(raw, 'retryOnFail') !== true) return undefined;
  const maxTries = Math.round(numeric(own(raw, 'maxTries')) ?? 3);
  const waitMs = numeric(own(raw, 'waitBetweenTries')) ?? 1000;
  return { maxTries: Math.min(5, Math.max(2, maxTries)), waitMs: Math.min(5000, Math.max(0, waitMs)) };
}

/** Old files name a credential by text alone. Files never hold secrets, only references. */
function readCredentials(raw: Json | undefined): JsonObject | undefined {
  const file = asObject(raw);
  if (!file || checkJsonLimits(file, PARAMETER_LIMITS)) return undefined;
  const credentials: JsonObject = {};
  for (const [kind, value] of Object.entries(file)) {
    if (typeof value === 'string') put(credentials, kind, { name: value });
    else if (asObject(value)) put(credentials, kind, value);
  }
  return Object.keys(credentials).length > 0 ? credentials : undefined;
}
