import type { Node } from 'acorn';
import type { Names } from './names.ts';

/** Where data comes from: the input of the node (`node` absent), or another node's. */
export interface Source {
  of: 'json' | 'binary' | 'parameters' | 'context' | 'vars' | 'secrets';
  node?: string;
}

export type Fixed = string | number | boolean | null | undefined;

/** What is known about a value without running anything. */
export type Origin =
  /** One of a few known values. */
  | { kind: 'fixed'; values: readonly Fixed[] }
  /** Data at a path of a source; `*` stands for any element or field. */
  | { kind: 'path'; source: Source; path: readonly string[] }
  /** An item, with `json` and `binary`. */
  | { kind: 'item'; node: string | undefined }
  /** A list whose elements are alike. */
  | { kind: 'list'; element: Origin }
  | { kind: 'tuple'; elements: readonly Origin[] }
  /** `$('Name')`, `$node["Name"]`, `$input`; several names when it is one of them. */
  | { kind: 'nodes'; names: readonly (string | undefined)[] }
  /** A function of the roots: `$`, `$items`, `$item`, or a method of a node. */
  | { kind: 'root'; name: string }
  | { kind: 'method'; name: string; of: readonly (string | undefined)[] }
  | { kind: 'function'; node: Node; names: Names }
  | { kind: 'choice'; of: readonly Origin[] }
  | { kind: 'unknown' };

export const UNKNOWN: Origin = { kind: 'unknown' };

/** More values than this are not followed. */
const MAX_CHOICES = 20;

export const fixed = (...values: Fixed[]): Origin => ({ kind: 'fixed', values });

export function choice(options: readonly Origin[]): Origin {
  const flat = options.flatMap((one) => (one.kind === 'choice' ? one.of : [one]));
  if (flat.length > 0 && flat.every((one) => one.kind === 'fixed')) {
    const values = [...new Set(flat.flatMap((one) => one.values))];
    return values.length > MAX_CHOICES ? UNKNOWN : { kind: 'fixed', values };
  }
  const [only] = flat;
  return flat.length === 1 && only ? only : { kind: 'choice', of: flat.slice(0, MAX_CHOICES) };
}

/** Every combination of the known values, or unknown when there are too many. */
export function combine(a: Origin, b: Origin, join: (a: Fixed, b: Fixed) => Fixed): Origin {
  if (a.kind !== 'fixed' || b.kind !== 'fixed' || a.values.length * b.values.length > MAX_CHOICES) return UNKNOWN;
  return fixed(...new Set(a.values.flatMap((left) => b.values.map((right) => join(left, right)))));
}

/** The names a value may stand for as a key; undefined when that is not known. */
export const namesOf = (origin: Origin): string[] | undefined =>
  origin.kind === 'fixed' ? origin.values.map(String) : undefined;

export function element(origin: Origin): Origin {
  switch (origin.kind) {
    case 'list':
      return origin.element;
    case 'tuple':
      return choice(origin.elements);
    case 'path':
      return { ...origin, path: [...origin.path, '*'] };
    case 'choice':
      return choice(origin.of.map(element));
    default:
      return UNKNOWN;
  }
}
