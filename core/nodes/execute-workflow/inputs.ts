import { convertTo } from '../../conditions/index.ts';
import type { Item, Json, JsonObject } from '../../data/item.ts';
import { putOwn } from '../../data/path.ts';
import type { Scope } from '../../expression/scope.ts';
import type { CompileKit } from '../../node/kit.ts';
import { objectOf, objectsOf } from '../field-list.ts';

/** What the called workflow gets for an item: the item, or only the fields mapped in `workflowInputs`. */
export function compileInputs(kit: CompileKit): (item: Item, scope: Scope) => Item {
  const mapping = objectOf(kit.raw('workflowInputs'));
  const values = objectOf(mapping.value);
  const isMapped = mapping.mappingMode === 'defineBelow' && Object.keys(values).length > 0;
  if (!isMapped) return (item) => bare(item, item.json);
  const removed = new Set(
    objectsOf(mapping.schema)
      .filter((field) => field.removed === true)
      .map((field) => String(field.id)),
  );
  const types = new Map(objectsOf(mapping.schema).map((field) => [String(field.id), String(field.type ?? 'any')]));
  const converts = mapping.attemptToConvertTypes === true;
  const fields = Object.entries(values)
    .filter(([name]) => !removed.has(name))
    .map(([name, raw]) => ({ name, type: types.get(name) ?? 'any', value: kit.value(raw) }));
  return (item, scope) => {
    const json: JsonObject = {};
    for (const { name, type, value } of fields) {
      const found: Json = value.at(scope) ?? null;
      const conversion = converts ? convertTo(found, type, { parseStrings: true, zone: scope.zone }) : undefined;
      putOwn(json, name, conversion?.ok ? conversion.value : found);
    }
    return bare(item, json);
  };
}

const bare = (item: Item, json: JsonObject): Item => (item.binary ? { json, binary: item.binary } : { json });
