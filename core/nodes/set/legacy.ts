import type { Json } from '../../data/item.ts';
import type { CompileKit } from '../../node/kit.ts';
import { objectOf, objectsOf } from '../field-list.ts';
import { type Writer, fieldWriter } from './writer.ts';

const DEFAULTS: readonly (readonly [type: string, value: Json])[] = [
  ['boolean', false],
  ['number', 0],
  ['string', ''],
];

/** Versions 1 and 2: `values.{boolean,number,string}: [{name,value}]`, written in that order. */
export function compileLegacyValues(kit: CompileKit): Writer {
  const dotted = kit.raw('options.dotNotation') !== false;
  const groups = objectOf(kit.raw('values'));
  const writes = DEFAULTS.flatMap(([type, initial]) =>
    objectsOf(groups[type]).map((entry) => ({
      type,
      name: kit.value(entry.name ?? 'propertyName'),
      value: kit.value(entry.value ?? initial),
    })),
  ).map((entry) => ({ ...entry, write: fieldWriter(entry.name, dotted) }));
  const readsNumbers = kit.node.version >= 2;
  return {
    constant: writes.every(({ name, value }) => name.constant && value.constant),
    into(json, scope) {
      for (const { type, value, write } of writes) {
        const found = value.at(scope);
        if (found === undefined) continue;
        write(json, type === 'number' && readsNumbers ? numeric(found) : found, scope);
      }
    },
  };
}

/** Version 2 turned numeric text into numbers and left everything else alone. */
const numeric = (value: Json): Json =>
  typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value)) ? Number(value) : value;
