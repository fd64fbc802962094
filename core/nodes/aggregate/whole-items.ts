import type { Item, Json, JsonObject } from '../../data/item.ts';
import { deletePath, fieldPath, fieldReader, parsePath, setPath } from '../../data/path.ts';
import type { Scope } from '../../expression/scope.ts';
import { type CompileKit, NodeError } from '../../node/kit.ts';
import { fieldList } from '../field-list.ts';

/** All items as one list of objects, whole or with some of their fields; objects left with nothing are dropped. */
export function collectItems(kit: CompileKit): (items: readonly Item[], scope: Scope) => JsonObject {
  const target = kit.param('destinationFieldName', 'data');
  const include = kit.param('include', 'allFields');
  const included = kit.param('fieldsToInclude', '');
  const excluded = kit.param('fieldsToExclude', '');
  return (items, scope) => {
    const name = String(target.at(scope) ?? '').trim() || 'data';
    const part = partOf(String(include.at(scope)), fieldList(included.at(scope)), fieldList(excluded.at(scope)));
    const list: Json[] = items.map((item) => part(item.json)).filter((json) => Object.keys(json).length > 0);
    const made: JsonObject = {};
    setPath(made, parsePath(name), list);
    return made;
  };
}

function partOf(
  include: string,
  included: readonly string[],
  excluded: readonly string[],
): (json: JsonObject) => JsonObject {
  if (include === 'allFieldsExcept') {
    if (excluded.length === 0) throw new NodeError('no-fields', 'Name the fields to leave out.');
    return (json) => {
      const copy = { ...json };
      for (const name of excluded) deletePath(copy, fieldPath(name)(copy));
      return copy;
    };
  }
  if (include !== 'specifiedFields') return (json) => json;
  if (included.length === 0) throw new NodeError('no-fields', 'Name the fields to include.');
  return (json) => {
    const made: JsonObject = {};
    for (const name of included) {
      const value = fieldReader(name)(json);
      if (value !== undefined) setPath(made, fieldPath(name)(json), value);
    }
    return made;
  };
}
