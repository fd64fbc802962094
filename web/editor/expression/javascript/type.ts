import type { syntaxTree } from '@codemirror/language';
import type { Json } from '../../../../core/data/item.ts';

/** A place in a program's tree. */
export type SyntaxNode = ReturnType<ReturnType<typeof syntaxTree>['resolveInner']>;

/** What an expression in a program is known to be. Data is known by example: by what the last run gave. */
export type Type =
  | { kind: 'data'; value: Json }
  | { kind: 'list'; of: Type }
  | { kind: 'named'; name: string; members: Members }
  | { kind: 'function'; signature: string; returns: Type }
  | { kind: 'promise'; of: Type }
  | { kind: 'any' };

export interface Member {
  type: Type;
  /** A method, not read but called. */
  isMethod?: boolean;
}
/** Own names; they may be `__proto__`. */
export type Members = ReadonlyMap<string, Member>;

export const ANY: Type = { kind: 'any' };
export const STRING: Type = { kind: 'data', value: '' };
export const NUMBER: Type = { kind: 'data', value: 0 };
export const BOOLEAN: Type = { kind: 'data', value: true };

export const list = (of: Type): Type => ({ kind: 'list', of });
export const fn = (signature: string, returns: Type = ANY): Member => ({
  type: { kind: 'function', signature, returns },
  isMethod: true,
});
export const is = (type: Type): Member => ({ type });
export const named = (name: string, members: Readonly<Record<string, Member>>): Type => ({
  kind: 'named',
  name,
  members: new Map(Object.entries(members)),
});

const MAX_FIELDS = 6;
const MAX_DEPTH = 2;

/** As TypeScript would write it, cut where it gets long. */
export function typeText(type: Type, depth = 0): string {
  switch (type.kind) {
    case 'data':
      return dataText(type.value, depth);
    case 'list':
      return `${typeText(type.of, depth)}[]`;
    case 'promise':
      return `Promise<${typeText(type.of, depth)}>`;
    case 'named':
      return type.name;
    case 'function':
      return `${type.signature} => ${typeText(type.returns, depth)}`;
    default:
      return 'any';
  }
}

function dataText(value: Json, depth: number): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? 'any[]' : `${dataText(value[0] ?? null, depth)}[]`;
  if (typeof value !== 'object') return typeof value;
  if (depth >= MAX_DEPTH) return 'object';
  const fields = Object.entries(value)
    .slice(0, MAX_FIELDS)
    .map(
      ([name, each]) =>
        `${/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)}: ${dataText(each, depth + 1)}`,
    );
  const more = Object.keys(value).length > MAX_FIELDS ? '; …' : '';
  return fields.length === 0 ? '{}' : `{ ${fields.join('; ')}${more} }`;
}
