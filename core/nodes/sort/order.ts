import type { Item, Json } from '../../data/item.ts';
import { fieldReader } from '../../data/path.ts';
import type { Scope } from '../../expression/scope.ts';
import { type CompileKit, NodeError } from '../../node/kit.ts';
import { objectsOf } from '../field-list.ts';

type Compare = (a: Item, b: Item) => number;

/** Compares items by the fields of `sortFieldsUi.sortField`, the first that differs deciding. */
export function compileOrder(kit: CompileKit): (items: readonly Item[], scope: Scope) => Compare {
  const dotted = kit.raw('options.disableDotNotation') !== true;
  const entries = objectsOf(kit.raw('sortFieldsUi.sortField')).map((entry) => ({
    name: kit.value(entry.fieldName ?? ''),
    isDescending: entry.order === 'descending',
  }));
  if (entries.length === 0) throw new NodeError('no-fields', 'Name at least one field to sort by.');
  return (items, scope) => {
    const fields = entries.map(({ name, isDescending }) => {
      const field = String(name.at(scope) ?? '').trim();
      const read = fieldReader(field, dotted);
      if (items.length > 0 && items.every(({ json }) => read(json) === undefined)) {
        throw new NodeError('no-such-field', `No item has the field '${field}' to sort by.`);
      }
      return { read, isDescending };
    });
    return (a, b) => {
      for (const { read, isDescending } of fields) {
        const order = compareValues(read(a.json), read(b.json), isDescending);
        if (order !== 0) return order;
      }
      return 0;
    };
  };
}

/** Missing values go last either way. Text is compared without case; numbers come before text. */
function compareValues(a: Json | undefined, b: Json | undefined, isDescending: boolean): number {
  const isMissingA = a === undefined || a === null;
  const isMissingB = b === undefined || b === null;
  if (isMissingA || isMissingB) return Number(isMissingA) - Number(isMissingB);
  const order = compareSome(a, b);
  return isDescending ? -order : order;
}

function compareSome(a: Json, b: Json): number {
  const x = comparable(a);
  const y = comparable(b);
  if (typeof x !== typeof y) return typeof x === 'number' ? -1 : 1;
  return x < y ? -1 : x > y ? 1 : 0;
}

const comparable = (value: Json): number | string => {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  return (typeof value === 'string' ? value : JSON.stringify(value)).toLowerCase();
};
