import { DateTime, Duration, Interval } from 'luxon';
import { booleanMethods, numberMethods } from '../builtins/number.ts';
import { arrayMethods } from '../builtins/array.ts';
import { dateMethods } from '../builtins/date.ts';
import { dateTimeMembers } from '../builtins/luxon-members.ts';
import { durationMembers, intervalMembers } from '../builtins/luxon-spans.ts';
import { errorMembers, mapMethods, regexMembers, setMethods, sizeOf } from '../builtins/collection.ts';
import { callableMethods, objectMethods } from '../builtins/object.ts';
import { stringMethods } from '../builtins/string.ts';
import { ExpressionError } from '../error.ts';
import { MAX_ARRAY } from '../limits.ts';
import type { Runtime } from '../runtime.ts';
import { Builtin, Callable, Namespace } from './callable.ts';
import { ErrorValue, typeFault } from './error-value.ts';
import type { Method, Type } from './method.ts';
import { define, hasOwn, isPlain } from './plain.ts';
import { NEW_FIELD } from './price.ts';
import { Regex } from './regex.ts';
import { View } from './view.ts';

const strings: Type = { methods: stringMethods };
const numbers: Type = { methods: numberMethods };
const booleans: Type = { methods: booleanMethods };
const arrays: Type = { methods: arrayMethods };
const objects: Type = { methods: objectMethods };
const dates: Type = { methods: dateMethods };
const maps: Type = { methods: mapMethods, get: (_rt, self, key) => sizeOf(self, key) };
const sets: Type = { methods: setMethods, get: (_rt, self, key) => sizeOf(self, key) };
const callables: Type = { methods: callableMethods };
const nothing: Type = { methods: new Map() };

/** The allow-list for a value. What is in no list does not exist. */
export function typeOf(value: unknown): Type {
  switch (typeof value) {
    case 'string':
      return strings;
    case 'number':
      return numbers;
    case 'boolean':
      return booleans;
    case 'object':
      break;
    default:
      return nothing;
  }
  if (value === null) return nothing;
  if (Array.isArray(value)) return arrays;
  if (isPlain(value)) return objects;
  if (value instanceof DateTime) return dateTimeMembers;
  if (value instanceof Date) return dates;
  if (value instanceof Callable) return callables;
  if (value instanceof Regex) return regexMembers;
  if (value instanceof Map) return maps;
  if (value instanceof Set) return sets;
  if (value instanceof Duration) return durationMembers;
  if (value instanceof Interval) return intervalMembers;
  if (value instanceof ErrorValue) return errorMembers;
  return nothing;
}

const nullish = (value: unknown, key: string): never => {
  throw typeFault(`Cannot read properties of ${String(value)} (reading '${key.slice(0, 80)}')`);
};

/** Data and computed members, without methods. `found` separates undefined values from absent ones. */
function ownMember(rt: Runtime, self: unknown, key: string): unknown {
  if (typeof self === 'string') {
    if (key === 'length') return self.length;
    const at = Number(key);
    if (!Number.isInteger(at) || String(at) !== key) return undefined;
    rt.touch(self);
    return self[at];
  }
  if (typeof self !== 'object' || self === null) return undefined;
  if (Array.isArray(self)) return hasOwn(self, key) ? (self as unknown as Record<string, unknown>)[key] : undefined;
  if (isPlain(self)) return hasOwn(self, key) ? self[key] : undefined;
  if (self instanceof View) return rt.thaw(self.member(rt, key));
  if (self instanceof Namespace) return self.members.get(key);
  return typeOf(self).get?.(rt, self, key);
}

/** `self[key]`. Methods read as a value come bound, and only those the language itself has. */
export function getMember(rt: Runtime, self: unknown, key: string): unknown {
  if (self === null || self === undefined) return nullish(self, key);
  const value = ownMember(rt, self, key);
  if (value !== undefined) return value;
  if (isPlain(self) || (Array.isArray(self) && hasOwn(self, key))) return undefined;
  const method = typeOf(self).methods.get(key);
  return method ? new Builtin(key, (inner, args) => method(inner, self, args)) : undefined;
}

/** Looks a method up on a value that is not nullish. Own functions come first, then the type's allow-list. */
export function methodOf(rt: Runtime, self: unknown, key: string): Method | undefined {
  if (typeof self === 'object') {
    const own = ownMember(rt, self, key);
    if (own instanceof Callable) return (inner, _self, args) => own.invoke(inner, args);
  }
  return typeOf(self).methods.get(key) ?? dateLike(self, key);
}

/** n8n lets date functions be called on texts that are ISO dates. */
function dateLike(self: unknown, key: string): Method | undefined {
  if (typeof self !== 'string' || !/^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:?\d\d)?)?$/.test(self)) return undefined;
  const method = dateMethods.get(key);
  const toDate = stringMethods.get('toDateTime');
  if (!method || !toDate || !dateTimeMembers.methods.has(key)) return undefined;
  return (rt, text, args) => dateTimeMembers.methods.get(key)?.(rt, toDate(rt, text, []), args);
}

/** Whether `callMethod` would find something to call. */
export const hasMethod = (rt: Runtime, self: unknown, key: string): boolean =>
  self !== null && self !== undefined && methodOf(rt, self, key) !== undefined;

/** Methods whose time does not grow with the text or list: loops over either stay linear. */
const CONSTANT_TIME = new Set(
  `at charAt charCodeAt codePointAt startsWith endsWith push pop first last isEmpty isNotEmpty length toString valueOf
   hasOwnProperty`.split(/\s+/),
);

/** `self.key(args)`. */
export function callMethod(rt: Runtime, self: unknown, key: string, args: readonly unknown[]): unknown {
  rt.charge(1);
  if (typeof self === 'string') {
    if (self.length > 63) {
      if (CONSTANT_TIME.has(key)) rt.touch(self);
      else rt.charge(self.length >> 6);
    }
  } else if (Array.isArray(self)) {
    if (self.length > 7 && !CONSTANT_TIME.has(key)) rt.charge(self.length >> 3);
  }
  if (self === null || self === undefined) {
    if (key === 'isEmpty') return true;
    if (key === 'isNotEmpty') return false;
    return nullish(self, key);
  }
  const method = methodOf(rt, self, key);
  if (!method) throw typeFault(`${key.slice(0, 80)} is not a function`);
  return method(rt, self, args);
}

export function hasMember(rt: Runtime, self: unknown, key: string): boolean {
  if (typeof self !== 'object' || self === null) throw typeFault("Cannot use 'in' on a value that is no object");
  if (Array.isArray(self) || isPlain(self)) return hasOwn(self, key);
  if (self instanceof View) return self.keys().includes(key) || self.member(rt, key) !== undefined;
  return ownMember(rt, self, key) !== undefined;
}

/** `self[key] = value` on the expression's own objects and copies. */
export function setMember(rt: Runtime, self: unknown, key: string, value: unknown): void {
  rt.mutate();
  if (Array.isArray(self)) {
    const at = Number(key);
    if (key === 'length') {
      const length = Math.trunc(Number(value));
      if (!(length >= 0 && length <= self.length)) throw typeFault('Invalid array length');
      self.length = length;
    } else if (Number.isInteger(at) && at >= 0 && String(at) === key) {
      if (at >= self.length) rt.charge((at + 1 - self.length) >> 3);
      if (at >= MAX_ARRAY) rt.places(at + 1);
      // Filled rather than left with holes: a hole is read through the host's prototype.
      while (self.length < at) self.push(undefined);
      self[at] = value;
    } else throw new ExpressionError('refused', `A list has no field '${key.slice(0, 80)}'`);
  } else if (isPlain(self)) {
    if (Object.isFrozen(self)) throw new ExpressionError('refused', 'The expression may not change this value');
    if (!hasOwn(self, key)) rt.charge(NEW_FIELD);
    define(self, key, value);
  } else if (self instanceof Regex && key === 'lastIndex') {
    self.lastIndex = Math.max(0, Math.trunc(Number(value)) || 0);
  } else if (self === null || self === undefined) nullish(self, key);
  else throw new ExpressionError('refused', `'${key.slice(0, 80)}' cannot be assigned here`);
}

export function deleteMember(rt: Runtime, self: unknown, key: string): boolean {
  rt.mutate();
  if (Array.isArray(self) && key !== 'length') {
    if (hasOwn(self, key)) setMember(rt, self, key, undefined);
    return true;
  }
  if (isPlain(self)) return Reflect.deleteProperty(self, key);
  throw new ExpressionError('refused', 'Only fields of objects can be deleted');
}
