import { ExpressionError } from '../error.ts';
import { toJson } from '../json.ts';
import type { Runtime } from '../runtime.ts';
import { toKey, toStr } from '../value/coerce.ts';
import { methods } from '../value/method.ts';
import { copyOwn, define, hasOwn, isPlain, type PlainObject } from '../value/plain.ts';
import { compactObject, noConversions } from './empty.ts';

function pick(source: PlainObject, keep: (key: string, value: unknown) => boolean): PlainObject {
  const out: PlainObject = {};
  for (const key of Object.keys(source)) if (keep(key, source[key])) define(out, key, source[key]);
  return out;
}

function needText(rt: Runtime, value: unknown, name: string): string {
  const text = value === undefined ? '' : toStr(rt, value);
  if (text === '') throw new ExpressionError('argument', `${name}() needs a text that is not empty`);
  return text;
}

/** `application/x-www-form-urlencoded`. */
function urlEncode(rt: Runtime, source: PlainObject): string {
  const encode = (text: string): string =>
    encodeURIComponent(text)
      .replaceAll('%20', '+')
      .replace(/[!'()~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  return Object.keys(source)
    .map((key) => `${encode(key)}=${encode(toStr(rt, source[key]))}`)
    .join('&');
}

/** n8n's functions on objects. */
export const objectExtensions = methods<PlainObject>({
  ...noConversions,
  compact: (_rt, self) => compactObject(self),
  hasField: (rt, self, [key]) => hasOwn(self, toKey(rt, key)),
  isEmpty: (_rt, self) => Object.keys(self).length === 0,
  isNotEmpty: (_rt, self) => Object.keys(self).length > 0,
  keepFieldsContaining: (rt, self, [value]) => {
    const text = needText(rt, value, 'keepFieldsContaining');
    return pick(self, (_key, inner) => typeof inner === 'string' && inner.includes(text));
  },
  keys: (_rt, self) => Object.keys(self),
  merge: (_rt, self, [other]) => {
    const out = copyOwn(self);
    if (!isPlain(other)) throw new ExpressionError('argument', 'merge() needs an object');
    for (const key of Object.keys(other)) if (!hasOwn(out, key)) define(out, key, other[key]);
    return out;
  },
  removeField: (rt, self, [key]) => {
    const name = toKey(rt, key);
    return pick(self, (field) => field !== name);
  },
  removeFieldsContaining: (rt, self, [value]) => {
    const text = needText(rt, value, 'removeFieldsContaining');
    return pick(self, (_key, inner) => !(typeof inner === 'string' && inner.includes(text)));
  },
  toJsonString: (rt, self) => JSON.stringify(toJson(self, rt)),
  urlEncode,
  values: (_rt, self) => Object.values(self),
});
