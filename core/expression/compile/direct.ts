import type { Expression } from 'acorn';
import type { Scope } from '../scope.ts';
import { isPlain, type PlainObject } from '../value/plain.ts';
import type { Lexical } from './lexical.ts';
import { memberName } from './syntax.ts';

/** What a direct path gives when it met more than plain data: the segment is then evaluated the long way. */
export const MISS: unique symbol = Symbol('miss');

export type Direct = (scope: Scope) => unknown;

const { hasOwnProperty } = Object.prototype;

/** Roots that are JSON all the way down, so that every own property below them is data. */
const JSON_ROOTS: ReadonlyMap<string, Direct> = new Map<string, Direct>([
  ['$json', (scope) => scope.items[scope.itemIndex]?.json],
  ['$vars', (scope) => scope.vars],
]);

function fixedPath(node: Expression, scope: Lexical): { root: Direct; keys: string[] } | undefined {
  if (node.type === 'Identifier') {
    const root = scope.resolve(node.name) ? undefined : JSON_ROOTS.get(node.name);
    return root && { root, keys: [] };
  }
  const key = memberName(node);
  if (node.type !== 'MemberExpression' || node.optional || key === undefined) return undefined;
  const base = fixedPath(node.object as Expression, scope);
  return base && { root: base.root, keys: [...base.keys, key] };
}

/** `$json.a.b` without any state of an evaluation: it costs no steps, makes nothing and cannot fail. */
export function directPath(node: Expression, scope: Lexical): Direct | undefined {
  const path = fixedPath(node, scope);
  if (!path) return undefined;
  const { root, keys } = path;
  return (given) => {
    let value = root(given);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as string;
      if (typeof value !== 'object') return value === undefined ? undefined : MISS;
      if (value === null) return undefined;
      if (hasOwnProperty.call(value, key)) value = (value as PlainObject)[key];
      else return isPlain(value) ? undefined : MISS;
    }
    return value;
  };
}
