import { UNKNOWN, type Origin, type Source } from './origin.ts';

/** Roots that are called. */
export const ROOT_FUNCTIONS = new Set(['$', '$items', '$item']);

/** Data of a source, at a path. */
export const at = (of: Source['of'], node: string | undefined, path: readonly string[] = []): Origin => ({
  kind: 'path',
  source: node === undefined ? { of } : { of, node },
  path,
});

/** What a bare name of n8n's stands for. */
export const ROOTS: ReadonlyMap<string, Origin> = new Map<string, Origin>([
  ['$json', at('json', undefined)],
  ['$data', at('json', undefined)],
  ['$binary', at('binary', undefined)],
  ['$parameter', at('parameters', undefined)],
  ['$vars', at('vars', undefined)],
  ['$secrets', at('secrets', undefined)],
  ['$input', { kind: 'nodes', names: [undefined] }],
  ...[...ROOT_FUNCTIONS, '$node', '$env'].map((name): [string, Origin] => [name, { kind: 'root', name }]),
]);

export function itemField(node: string | undefined, name: string): Origin {
  if (name === 'json' || name === 'binary') return at(name, node);
  return UNKNOWN;
}

/** A member of `$('Name')`, `$node["Name"]`, `$input` or `$item(0)`. */
export function nodeMember(node: string | undefined, name: string): Origin {
  switch (name) {
    case 'item':
      return { kind: 'item', node };
    case 'json':
    case 'data':
      return at('json', node);
    case 'binary':
      return at('binary', node);
    case 'params':
    case 'parameter':
      return at('parameters', node);
    case 'context':
      return at('context', node);
    default:
      // `$item(0).$json` and its like.
      return node === undefined ? (ROOTS.get(name) ?? UNKNOWN) : UNKNOWN;
  }
}
