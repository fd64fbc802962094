import { GLOBALS } from '../builtins/globals.ts';
import { ExpressionError } from '../error.ts';
import { toJson } from '../json.ts';
import { ROOTS } from '../roots/data.ts';
import { HELPERS } from '../roots/helpers.ts';
import type { Code, Frame, Runtime } from '../runtime.ts';
import { Builtin } from '../value/callable.ts';
import { ErrorValue, Thrown, typeFault } from '../value/error-value.ts';
import { hasOwn } from '../value/plain.ts';
import type { Lexical } from './lexical.ts';
import { UNSET } from './lexical.ts';
import type { Unit } from './unit.ts';

const reference = (message: string): Thrown => new Thrown(new ErrorValue('ReferenceError', message));

function frameAt(frame: Frame, hops: number): Frame {
  let at = frame;
  for (; hops > 0 && at.parent; hops--) at = at.parent;
  return at;
}

/** Roots the host adds for special places. Host functions are wrapped, so they never become values. */
function extra(rt: Runtime, name: string): { value: unknown } | undefined {
  const { extra: roots } = rt.scope;
  if (!roots || !hasOwn(roots, name)) return undefined;
  const value = roots[name];
  if (typeof value !== 'function') return { value: value instanceof Date ? new Date(value.getTime()) : value };
  const run = value as (...args: unknown[]) => unknown;
  return { value: new Builtin(name, (inner, args) => inner.thaw(run(...args.map((arg) => toJson(arg, inner))))) };
}

/** The root as the scope has it, without a copy; undefined for what is no root. */
export function rawRoot(name: string, scope: Lexical): Code | undefined {
  if (scope.resolve(name)) return undefined;
  const root = ROOTS.get(name);
  return root && ((frame) => root(frame.rt));
}

export function readVariable(name: string, scope: Lexical, unit: Unit): Code {
  const binding = scope.resolve(name);
  if (binding) {
    const { hops, index, checked } = binding;
    if (!checked && hops === 0) return (frame) => frame.slots[index];
    return (frame) => {
      const value = frameAt(frame, hops).slots[index];
      if (value === UNSET) throw reference(`Cannot access '${name}' before initialization`);
      return value;
    };
  }
  const fixed = GLOBALS.get(name) ?? HELPERS.get(name);
  if (fixed !== undefined || GLOBALS.has(name)) return () => fixed;
  const root = ROOTS.get(name);
  if (root) return unit.mutable ? (frame) => frame.rt.thaw(root(frame.rt)) : (frame) => root(frame.rt);
  return (frame) => {
    const found = extra(frame.rt, name);
    if (!found) throw reference(`${name} is not defined`);
    return frame.rt.thaw(found.value);
  };
}

/** `typeof name`, which does not fail for unknown names. */
export function isUnknown(name: string, scope: Lexical, rt: Runtime): boolean {
  return !scope.resolve(name) && !GLOBALS.has(name) && !HELPERS.has(name) && !ROOTS.has(name) && !extra(rt, name);
}

export type Write = (frame: Frame, value: unknown) => void;

/** Assignment to a variable, or its first value when `declares`. */
export function writeVariable(name: string, scope: Lexical, declares: boolean): Write {
  const binding = scope.resolve(name);
  if (!binding) {
    const known = GLOBALS.has(name) || HELPERS.has(name) || ROOTS.has(name);
    return () => {
      if (known) throw new ExpressionError('refused', `'${name}' cannot be assigned`);
      throw reference(`${name} is not defined`);
    };
  }
  const { hops, index, constant } = binding;
  if (declares) {
    return (frame, value) => {
      frameAt(frame, hops).slots[index] = value;
    };
  }
  return (frame, value) => {
    const { slots } = frameAt(frame, hops);
    if (slots[index] === UNSET) throw reference(`Cannot access '${name}' before initialization`);
    if (constant) throw typeFault(`Assignment to constant variable '${name}'`);
    slots[index] = value;
  };
}
