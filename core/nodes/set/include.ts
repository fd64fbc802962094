import { deletePath, fieldPath, fieldReader, setPath } from '../../data/path.ts';
import type { Item, JsonObject } from '../../data/item.ts';
import type { Scope } from '../../expression/scope.ts';
import type { CompileKit, Param } from '../../node/kit.ts';
import { fieldList } from '../field-list.ts';

/** What a Set node keeps of its input. */
export interface Include {
  constant: boolean;
  /** A fresh object with the kept fields. */
  fields(item: Item, scope: Scope): JsonObject;
  binary: boolean;
}

type Kept = 'all' | 'none' | 'selected' | 'except';

export function compileInclude(kit: CompileKit): Include {
  const dotted = kit.raw('options.dotNotation') !== false;
  const kept = keptBy(kit);
  const binary = keepsBinary(kit, kept);
  if (kept === 'all') return { constant: true, binary, fields: (item) => ({ ...item.json }) };
  if (kept === 'none') return { constant: true, binary, fields: () => ({}) };
  const names = kit.param(kept === 'selected' ? 'includeFields' : 'excludeFields', '');
  const listed = listOf(names);
  return {
    constant: names.constant,
    binary,
    fields(item, scope) {
      const json: JsonObject = kept === 'except' ? { ...item.json } : {};
      for (const name of listed(scope)) {
        const path = fieldPath(name, dotted)(item.json);
        if (kept === 'except') {
          deletePath(json, path);
          continue;
        }
        const value = fieldReader(name, dotted)(item.json);
        if (value !== undefined) setPath(json, path, value);
      }
      return json;
    },
  };
}

function listOf(names: Param): (scope: Scope) => string[] {
  if (!names.constant) return (scope) => fieldList(names.at(scope));
  let list: string[] | undefined;
  return (scope) => (list ??= fieldList(names.at(scope)));
}

/** Versions named this three ways: `keepOnlySet`, then `include` with `none`, then `includeOtherFields`. */
function keptBy(kit: CompileKit): Kept {
  const { version } = kit.node;
  if (version < 3) return kit.raw('keepOnlySet') === true ? 'none' : 'all';
  const include = kit.raw('include');
  if (version >= 3.3 && kit.raw('includeOtherFields') !== true) return 'none';
  return include === 'none' || include === 'selected' || include === 'except' ? include : 'all';
}

function keepsBinary(kit: CompileKit, kept: Kept): boolean {
  const { version } = kit.node;
  if (version < 3) return kept === 'all';
  if (version < 3.4) return kit.raw('options.includeBinary') !== false;
  return kept !== 'none' && kit.raw('options.stripBinary') !== true;
}
