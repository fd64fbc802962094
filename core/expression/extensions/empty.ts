import { ExpressionError } from '../error.ts';
import { define, isPlain, type PlainObject } from '../value/plain.ts';

/** What `compact` drops. */
export const isBlank = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || value === 'nil';

const POLLUTING = new Set(['__proto__', 'constructor', 'prototype']);

/** The object without blank fields, all the way down. */
export function compactObject(value: PlainObject): PlainObject {
  const out: PlainObject = {};
  for (const key of Object.keys(value)) {
    if (POLLUTING.has(key)) throw new ExpressionError('argument', `compact() refuses the field '${key}'`);
    const inner = value[key];
    if (!isBlank(inner)) define(out, key, isPlain(inner) ? compactObject(inner) : inner);
  }
  return out;
}

/** Conversions that exist on every type so that mixed data does not break: on these types they give undefined. */
export const noConversions = {
  toBoolean: () => undefined,
  toDateTime: () => undefined,
  toFloat: () => undefined,
  toInt: () => undefined,
  toNumber: () => undefined,
};
