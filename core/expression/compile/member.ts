import type { Expression, MemberExpression } from 'acorn';
import type { Code } from '../runtime.ts';
import { getMember } from '../value/member.ts';
import type { PlainObject } from '../value/plain.ts';
import { compileKey } from './parts.ts';
import type { Lexical } from './lexical.ts';
import { memberName } from './syntax.ts';
import type { Unit } from './unit.ts';
import { rawRoot } from './variable.ts';

/** What an optional chain gives inside itself once it met null or undefined. */
export const SHORT: unique symbol = Symbol('short');

const { getPrototypeOf } = Object;
const objectPrototype = Object.prototype;
/** Twice as fast as `Object.hasOwn` where the key varies. */
const { hasOwnProperty } = objectPrototype;

/** `x.key` of a variable of the same function, where `read` would add a call. */
function readLocal(name: string, key: string, scope: Lexical): Code | undefined {
  const binding = scope.resolve(name);
  if (!binding || binding.checked || binding.hops > 0) return undefined;
  const { index } = binding;
  return (frame) => {
    const self = frame.slots[index];
    // Plain objects inherit this `constructor`, and no data can hold it. It is faster to ask for than the prototype.
    if (typeof self === 'object' && self !== null && self.constructor === Object) {
      return hasOwnProperty.call(self, key) ? (self as PlainObject)[key] : undefined;
    }
    return getMember(frame.rt, self, key);
  };
}

/** `object.key`. The common case, own data of a plain object, is decided here without a further call. */
function read(object: Code, key: string, soft = false): Code {
  return (frame) => {
    const self = object(frame);
    if (typeof self === 'object' && self !== null) {
      const prototype: unknown = getPrototypeOf(self);
      if (prototype === objectPrototype || prototype === null) {
        return hasOwnProperty.call(self, key) ? (self as PlainObject)[key] : undefined;
      }
    } else if (soft && (self === null || self === undefined)) return undefined;
    return self === SHORT ? SHORT : getMember(frame.rt, self, key);
  };
}

interface Path {
  root: Code;
  keys: string[];
}

/** A path of fixed names from a root: copying its end instead of its root is what makes writes cheap. */
function rootPath(node: MemberExpression, scope: Lexical): Path | undefined {
  const key = memberName(node);
  if (key === undefined || node.optional) return undefined;
  const { object } = node;
  if (object.type === 'MemberExpression') {
    const base = rootPath(object, scope);
    return base && { root: base.root, keys: [...base.keys, key] };
  }
  const root = object.type === 'Identifier' ? rawRoot(object.name, scope) : undefined;
  return root && { root, keys: [key] };
}

/** Reads a path in an expression that writes. Where part of it was copied before, the copy counts. */
function readThawed({ root, keys }: Path): Code {
  return (frame) => {
    const { rt } = frame;
    let value = root(frame);
    let isCopy = false;
    for (const key of keys) {
      const copy = rt.copyOf(value);
      if (copy) {
        value = copy;
        isCopy = true;
      }
      value = getMember(rt, value, key);
    }
    return isCopy ? value : rt.thaw(value);
  };
}

/**
 * A whole segment that is one path of fixed names. Missing data is common there, and what would be a TypeError ends as
 * undefined anyway: so nothing is thrown.
 */
export function softPath(node: Expression, scope: Lexical): Code | undefined {
  if (node.type === 'Identifier') return rawRoot(node.name, scope);
  if (node.type !== 'MemberExpression' || node.optional) return undefined;
  const key = memberName(node);
  const base = key === undefined ? undefined : softPath(node.object as Expression, scope);
  if (key === undefined || !base) return undefined;
  return read(base, key, true);
}

export function compileMember(node: MemberExpression, scope: Lexical, unit: Unit): Code {
  if (unit.mutable) {
    const path = rootPath(node, scope);
    if (path) return readThawed(path);
  }
  const name = memberName(node);
  if (name !== undefined && !node.optional && node.object.type === 'Identifier') {
    const local = unit.mutable ? undefined : readLocal(node.object.name, name, scope);
    if (local) return local;
  }
  const object = unit.expression(node.object as Expression, scope);
  if (name !== undefined && !node.optional) return read(object, name);
  const key =
    name === undefined ? compileKey({ key: node.property, computed: node.computed }, scope, unit) : () => name;
  const { optional } = node;
  return (frame) => {
    const self = object(frame);
    if (self === SHORT || (optional && (self === null || self === undefined))) return SHORT;
    return getMember(frame.rt, self, key(frame));
  };
}
