import { numberOf, textOf } from '../../data/text.ts';
import type { Json } from '../../data/item.ts';
import { getPath } from '../../data/path.ts';
import type { WorkflowNode } from '../../graph/document.ts';
import { objectsOf } from '../field-list.ts';

/** `streaming` answers whole, when a Respond node replies or the run ends; chats show their answers as they grow. */
export type ResponseMode = 'onReceived' | 'lastNode' | 'responseNode' | 'streaming';
type ResponseData = 'allEntries' | 'firstEntryJson' | 'firstEntryBinary' | 'noData';
type HookAuth = 'none' | 'basicAuth' | 'headerAuth' | 'jwtAuth';

/** The type of credential that checks each kind of proof. */
export const HOOK_CREDENTIALS = {
  basicAuth: 'httpBasicAuth',
  headerAuth: 'httpHeaderAuth',
  jwtAuth: 'jwtAuth',
} as const;

/** The kind of proof a caller brings, and what the node says of the credential that checks it. */
export interface HookProof {
  by: 'basicAuth' | 'headerAuth' | 'jwtAuth';
  ref: Json;
  /** Whose credentials check it; absent: production's. */
  environment?: string;
  /** The workflow that listens, by id: somebody must answer for the credential there, as for its steps. */
  workflow?: string;
}

/** How a webhook's caller is answered; travels from the document to the runner. */
export interface HookAnswer {
  responseMode: ResponseMode;
  responseCode: number;
  responseData: ResponseData;
  responseHeaders: [string, string][];
  /** Fixed text to answer with, for `onReceived`. */
  responseText?: string;
  /** Only this field of the last node's first item, for `lastNode`. */
  responseProperty?: string;
  /** Its content type, for `lastNode`. */
  responseContentType?: string;
  /** Which file of the last node's first item, for `firstEntryBinary`. */
  responseBinary?: string;
}

/** How a webhook node is reached from outside. Read from the document alone: nothing here depends on data. */
export interface Hook extends HookAnswer {
  /** Upper case; at least one. */
  method: string[];
  /** Without slashes at its ends; `:name` segments are parameters. */
  path: string;
  /** The body is kept as the file `data` too, byte for byte. */
  rawBody: boolean;
  /** Name under which received files are kept; those of a form are numbered from 0. */
  binaryProperty?: string;
  auth: HookAuth;
  /** Origins of pages that may read the answer; absent: any. */
  allowedOrigins?: string[];
  /** Addresses or ranges that may call; absent: any. */
  ipAllowList?: string[];
  ignoresBots?: true;
}

const oneOf = <T extends string>(value: Json | undefined, allowed: readonly T[], initial: T): T =>
  allowed.find((name) => name === value) ?? initial;

const RESPONSE_MODES: readonly ResponseMode[] = ['onReceived', 'lastNode', 'responseNode', 'streaming'];

export function hookOf(node: WorkflowNode): Hook {
  const at = (...path: string[]): Json | undefined => getPath(node.parameters, path);
  const responseMode = oneOf(at('responseMode'), RESPONSE_MODES, 'onReceived');
  const hook: Hook = {
    method: methodsOf(at('httpMethod'), at('multipleMethods')),
    path: pathOf(at('path'), node),
    responseMode,
    responseCode: codeOf(at('options', 'responseCode', 'values') ?? at('responseCode')),
    responseData: dataOf(at, responseMode),
    responseHeaders: objectsOf(at('options', 'responseHeaders', 'entries')).map(({ name, value }) => [
      textOf(name),
      textOf(value),
    ]),
    rawBody: at('options', 'rawBody') === true,
    auth: oneOf(at('authentication'), ['none', 'basicAuth', 'headerAuth', 'jwtAuth'], 'none'),
  };
  const answer = at('options', 'responseData');
  if (typeof answer === 'string' && answer !== '' && responseMode === 'onReceived') hook.responseText = answer;
  if (responseMode === 'lastNode') {
    const property = textOf(at('options', 'responsePropertyName'));
    if (property !== '') hook.responseProperty = property;
    const type = textOf(at('options', 'responseContentType'));
    if (type !== '') hook.responseContentType = type;
    const file = textOf(at('responseBinaryPropertyName'));
    if (file !== '') hook.responseBinary = file;
  }
  const binary = textOf(at('options', 'binaryPropertyName')).trim();
  if (binary !== '') hook.binaryProperty = binary;
  const origins = listOf(at('options', 'allowedOrigins'));
  if (origins.length > 0 && !origins.includes('*')) hook.allowedOrigins = origins;
  const addresses = listOf(at('options', 'ipWhitelist'));
  if (addresses.length > 0) hook.ipAllowList = addresses;
  if (at('options', 'ignoreBots') === true) hook.ignoresBots = true;
  return hook;
}

/** `a, b` as its parts. */
export const listOf = (value: Json | undefined): string[] =>
  textOf(value)
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);

function methodsOf(raw: Json | undefined, several: Json | undefined): string[] {
  const listed = Array.isArray(raw) ? raw : several === true && raw === undefined ? ['GET', 'POST'] : [raw ?? 'GET'];
  const methods = listed.map((method) => textOf(method).toUpperCase()).filter((method) => /^[A-Z]+$/.test(method));
  return methods.length > 0 ? [...new Set(methods)] : ['GET'];
}

/** A node without a path answers under its webhook id: imported files rely on it. */
function pathOf(raw: Json | undefined, node: WorkflowNode): string {
  const path = textOf(raw)
    .replace(/^=/, '')
    .trim()
    .replace(/^\/+|\/+$/g, '');
  return path === '' ? (node.webhookId ?? node.id) : path;
}

/** Version 1: a number. Version 2: `{responseCode}`, where `customCode` holds one that is not listed. */
function codeOf(raw: Json | undefined): number {
  const listed = typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? raw : { responseCode: raw ?? 200 };
  const code = numberOf(listed.responseCode === 'customCode' ? listed.customCode : listed.responseCode);
  return Number.isInteger(code) && code >= 100 && code <= 599 ? code : 200;
}

function dataOf(at: (...path: string[]) => Json | undefined, mode: ResponseMode): ResponseData {
  if (at('options', 'noResponseBody') === true) return 'noData';
  if (mode === 'onReceived' || mode === 'responseNode') return 'firstEntryJson';
  return oneOf(at('responseData'), ['allEntries', 'firstEntryJson', 'firstEntryBinary', 'noData'], 'firstEntryJson');
}
