import type { Item, Json, JsonObject } from '../../data/item.ts';
import { fieldReader, parsePath, setPath } from '../../data/path.ts';
import type { Scope } from '../../expression/scope.ts';
import { type CompileKit, NodeError } from '../../node/kit.ts';
import { objectsOf } from '../field-list.ts';

/** One list per field, over all items; missing and null values are left out unless asked for. */
export function collectFields(
  kit: CompileKit,
  refusesMissing: boolean,
): (items: readonly Item[], scope: Scope) => JsonObject {
  const dotted = kit.raw('options.disableDotNotation') !== true;
  const mergesLists = kit.raw('options.mergeLists') === true;
  const keepsMissing = kit.raw('options.keepMissing') === true;
  const fields = objectsOf(kit.raw('fieldsToAggregate.fieldToAggregate')).map((entry) => ({
    name: kit.value(entry.fieldToAggregate ?? ''),
    renamed: kit.value(entry.renameField === true ? (entry.outputFieldName ?? '') : ''),
  }));
  return (items, scope) => {
    const made: JsonObject = {};
    for (const field of fields) {
      const name = String(field.name.at(scope) ?? '').trim();
      if (name === '') throw new NodeError('no-fields', 'Name the field to aggregate.');
      const read = fieldReader(name, dotted);
      const values = items.map(({ json }) => read(json));
      if (refusesMissing && values.every((value) => value === undefined)) {
        throw new NodeError('no-such-field', `No item has the field '${name}'.`);
      }
      const kept = keepsMissing ? values.map((value) => value ?? null) : values.filter(isThere);
      setPath(made, outputPath(name, String(field.renamed.at(scope) ?? ''), dotted), mergesLists ? kept.flat() : kept);
    }
    return made;
  };
}

const isThere = (value: Json | undefined): value is Json => value !== undefined && value !== null;

/** Where the list goes: under the new name, or the last part of the old one. */
function outputPath(name: string, renamed: string, dotted: boolean): readonly string[] {
  if (renamed !== '') return dotted ? parsePath(renamed) : [renamed];
  return dotted ? parsePath(name).slice(-1) : [name];
}
