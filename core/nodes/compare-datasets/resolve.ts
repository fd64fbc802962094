import type { Json, JsonObject } from '../../data/item.ts';
import { deletePath, fieldPath, fieldReader, getPath, putOwn, setPath } from '../../data/path.ts';
import type { Scope } from '../../expression/scope.ts';
import { type CompileKit, NodeError } from '../../node/kit.ts';
import { fieldList } from '../field-list.ts';
import type { Difference } from './difference.ts';

/** Two items whose fields to match are equal. */
export interface Pair {
  first: JsonObject;
  second: JsonObject;
  difference: Difference;
}

interface Resolution {
  /** The item that stands for a pair which does not differ. */
  prefersSecond: boolean;
  /** What comes out of the third output. */
  different(pair: Pair, fields: readonly { first: string; second: string }[], scope: Scope): JsonObject;
}

/** Reads `resolve`: both versions, one of them, or one with exceptions. */
export function compileResolution(kit: CompileKit, dotted: boolean): Resolution {
  // The first version took the second input's items when it was not told.
  const resolve = kit.raw('resolve') ?? (kit.node.version < 2 ? 'preferInput2' : 'includeBoth');
  switch (resolve) {
    case 'includeBoth':
      return { prefersSecond: false, different: (pair, fields) => both(pair, fields, dotted) };
    case 'preferInput1':
      return { prefersSecond: false, different: ({ first }) => first };
    case 'preferInput2':
      return { prefersSecond: true, different: ({ second }) => second };
    case 'mix':
      return mix(kit, dotted);
    default:
      throw new NodeError('unknown-mode', `Compare Datasets cannot resolve differences by ${JSON.stringify(resolve)}.`);
  }
}

function both(
  { first, second, difference }: Pair,
  fields: readonly { first: string; second: string }[],
  dotted: boolean,
): JsonObject {
  const keys: JsonObject = {};
  for (const field of fields) {
    putOwn(keys, field.first, fieldReader(field.first, dotted)(first) ?? null);
    if (field.second !== field.first) putOwn(keys, field.second, fieldReader(field.second, dotted)(second) ?? null);
  }
  const { same, different, skipped } = difference;
  return { keys, same, different, ...(Object.keys(skipped).length > 0 ? { skipped } : {}) };
}

function mix(kit: CompileKit, dotted: boolean): Resolution {
  const prefersSecond = kit.raw('preferWhenMix') === 'input2';
  const except = kit.param<Json>('exceptWhenMix', '');
  return {
    prefersSecond,
    different({ first, second }, _fields, scope) {
      const [base, other] = prefersSecond ? [second, first] : [first, second];
      const made = { ...base };
      for (const name of fieldList(except.at(scope))) {
        const path = fieldPath(name, dotted)(other);
        const value = getPath(other, path);
        if (value === undefined) deletePath(made, path);
        else setPath(made, path, value);
      }
      return made;
    },
  };
}
