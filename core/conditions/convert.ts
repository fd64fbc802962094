import type { Json } from '../data/item.ts';
import { toMoment } from './date.ts';
import { parseRelaxed } from './relaxed-json.ts';

/** Outcome of making a value be of a type. */
export type Conversion = { ok: true; value: Json } | { ok: false };

export interface ConvertOptions {
  /** Accept only values that are of the type already. */
  strict?: boolean;
  /** Let `string` turn anything into text; otherwise it leaves other values as they are. */
  parseStrings?: boolean;
  /** IANA zone of dates without an offset. */
  zone?: string;
  /** Values allowed for `options`. */
  allowed?: readonly Json[];
}

const FAILED: Conversion = { ok: false };
const made = (value: Json): Conversion => ({ ok: true, value });
const when = (test: boolean, value: Json): Conversion => (test ? made(value) : FAILED);

/**
 * Makes `value` be of `type`: string, string-alphanumeric, number, boolean, dateTime, time, array, object, options,
 * url, jwt, binary, any. null and undefined pass as they are. An unknown type accepts everything.
 */
export function convertTo(value: Json | undefined, type: string, options: ConvertOptions = {}): Conversion {
  if (value === null || value === undefined) return made(value as Json);
  if (options.strict) return strictly(value, type, options);
  switch (type) {
    case 'string':
      return made(options.parseStrings ? asText(value) : value);
    case 'string-alphanumeric':
      return when(typeof value === 'string' && /^[A-Za-z_]\w*$/.test(value), value);
    case 'number':
      return asNumber(value);
    case 'boolean':
      return asBoolean(value);
    case 'dateTime':
      return toMoment(value, options.zone ?? 'utc') ? made(value) : FAILED;
    case 'time':
      return when(/^([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?([+-]\d{2}(:?\d{2})?)?$/.test(String(value)), value);
    case 'array':
      return asParsed(value, Array.isArray);
    case 'object':
      return asParsed(value, isPlainObject);
    case 'options':
      return when(options.allowed === undefined || options.allowed.includes(value), value);
    case 'url':
      return when(typeof value === 'string' && URL.canParse(value), value);
    case 'jwt':
      return when(typeof value === 'string' && /^[\w-]+\.[\w-]+\.[\w-]*$/.test(value), value);
    case 'binary':
      return when(
        isPlainObject(value) && ('data' in value || 'id' in value) && typeof value.mimeType === 'string',
        value,
      );
    default:
      return made(value);
  }
}

const isPlainObject = (value: Json): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function strictly(value: Json, type: string, options: ConvertOptions): Conversion {
  switch (type) {
    case 'string':
    case 'number':
    case 'boolean':
      return when(typeof value === type, value);
    case 'array':
      return when(Array.isArray(value), value);
    case 'object':
      return when(isPlainObject(value), value);
    default:
      return convertTo(value, type, { ...options, strict: false });
  }
}

/** Text of a value as people expect to read it: objects as JSON. */
export const asText = (value: Json): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

function asNumber(value: Json): Conversion {
  if (typeof value === 'object' && !Array.isArray(value)) return FAILED;
  const number = Number(value);
  return when(!Number.isNaN(number), number);
}

function asBoolean(value: Json): Conversion {
  if (typeof value === 'boolean') return made(value);
  if (typeof value === 'string') {
    const word = value.trim().toLowerCase();
    if (word === 'true' || word === 'false') return made(word === 'true');
  }
  if (typeof value === 'object') return FAILED;
  const number = Number(value);
  return number === 0 || number === 1 ? made(number === 1) : FAILED;
}

function asParsed(value: Json, is: (value: Json) => boolean): Conversion {
  if (is(value)) return made(value);
  const parsed = typeof value === 'string' ? parseRelaxed(value) : undefined;
  return parsed !== undefined && is(parsed) ? made(parsed) : FAILED;
}

/** `string`, `number`, `boolean`, `array`, `object`: for messages. */
export const typeName = (value: Json | undefined): string => (Array.isArray(value) ? 'array' : typeof value);

/** A value inside a message, kept short. */
export function shown(value: Json | undefined): string {
  const text = value === undefined ? 'undefined' : asText(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
