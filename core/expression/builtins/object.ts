import type { Runtime } from '../runtime.ts';
import { objectExtensions } from '../extensions/object.ts';
import type { Callable } from '../value/callable.ts';
import { toKey, toStr } from '../value/coerce.ts';
import { mergeTables, methods } from '../value/method.ts';
import { hasOwn } from '../value/plain.ts';

const native = methods<object>({
  hasOwnProperty: (rt: Runtime, self: object, [key]: readonly unknown[]) => hasOwn(self, toKey(rt, key)),
  propertyIsEnumerable: (rt: Runtime, self: object, [key]: readonly unknown[]) => hasOwn(self, toKey(rt, key)),
  toLocaleString: (rt: Runtime, self: object) => toStr(rt, self),
  toString: (rt: Runtime, self: object) => toStr(rt, self),
  valueOf: (_rt: Runtime, self: object) => self,
});

export const objectMethods = mergeTables(objectExtensions, native);

export const callableMethods = methods<Callable>({
  apply: (rt, fn, [, args]) => fn.invoke(rt, Array.isArray(args) ? args : []),
  call: (rt, fn, [, ...args]) => fn.invoke(rt, args),
  toString: (rt: Runtime, fn: Callable) => toStr(rt, fn),
});
