import type { BinaryRef, Item, Json, JsonObject } from '../../core/data/item.ts';
import { isJsonWithin } from '../../core/data/json-scan.ts';
import { MIN_REMEMBERED_CHARS, rememberJsonText } from '../../core/data/json-text.ts';
import { putLate } from '../../core/data/late-json.ts';
import type { HookCall, Refusal } from './protocol.ts';

/** Bodies are capped in bytes at the edge; this keeps their shape within what nodes can walk. */
const MAX_DEPTH = 256;
const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\b/i;

/** Decodes a webhook request into the trigger's items. The one place where its body is looked into. */
export function hookItems(
  call: HookCall,
  text: string | undefined,
): { ok: true; items: Item[] } | { ok: false; error: Refusal } {
  const { request } = call;
  const body = decodeBody(request, text);
  if (!body.ok) return body;
  const head = { headers: request.headers, params: request.params, query: queryObject(request.query) };
  const { jwtPayload } = request;
  const tail = { webhookUrl: request.url, executionMode: 'production', ...(jwtPayload ? { jwtPayload } : {}) };
  const json: JsonObject = { ...head };
  if ('late' in body) {
    putLate(json, 'body', body.late);
    rememberJsonText(json, `${JSON.stringify(head).slice(0, -1)},"body":${body.late},${JSON.stringify(tail).slice(1)}`);
  } else json.body = body.value;
  Object.assign(json, tail);
  const item: Item = { json };
  if (request.files) item.binary = request.files as unknown as Record<string, BinaryRef>;
  return { ok: true, items: [item] };
}

/** `late`: JSON text to parse when its value is asked for. */
type Decoded = { ok: true; value: Json } | { ok: true; late: string } | { ok: false; error: Refusal };

function decodeBody({ contentType, fields }: HookCall['request'], text: string | undefined): Decoded {
  if (fields) return { ok: true, value: fields };
  if (text === undefined || text === '') return { ok: true, value: {} };
  if (JSON_TYPE.test(contentType)) return parseJson(text);
  if (/^application\/x-www-form-urlencoded\b/i.test(contentType)) return { ok: true, value: queryObject(text) };
  return { ok: true, value: text };
}

function parseJson(text: string): Decoded {
  if (text.length >= MIN_REMEMBERED_CHARS && isJsonWithin(text, MAX_DEPTH)) return { ok: true, late: text };
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (error) {
    const message = error instanceof SyntaxError ? error.message.slice(0, 200) : 'The body is not JSON.';
    return refuse('invalid-json', message, 'Send valid JSON, or another content-type for other bodies.');
  }
  // short text cannot be deep: small bodies need no walk
  if (text.length > MAX_DEPTH && isDeeper(value, MAX_DEPTH)) {
    return refuse('json-too-deep', `The body is nested more than ${MAX_DEPTH} levels deep.`, 'Flatten it.');
  }
  return { ok: true, value };
}

/** Bounded by `levels`, so no depth can overflow the stack. */
function isDeeper(value: Json, levels: number): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (levels === 0) return true;
  if (Array.isArray(value)) {
    for (const child of value) {
      if (typeof child === 'object' && isDeeper(child, levels - 1)) return true;
    }
    return false;
  }
  // own keys only: this comes straight from JSON.parse
  for (const key in value) {
    const child = value[key] as Json;
    if (typeof child === 'object' && isDeeper(child, levels - 1)) return true;
  }
  return false;
}

function refuse(code: string, message: string, hint: string): { ok: false; error: Refusal } {
  return { ok: false, error: { status: 400, code, message, hint } };
}

/** Repeated names become lists. Null prototype: names are the caller's. */
function queryObject(text: string): JsonObject {
  const found: JsonObject = Object.create(null) as JsonObject;
  if (text === '' || text === '?') return found;
  for (const [name, value] of new URLSearchParams(text)) {
    const before = found[name];
    if (before === undefined) found[name] = value;
    else if (Array.isArray(before)) before.push(value);
    else found[name] = [before, value];
  }
  return found;
}
