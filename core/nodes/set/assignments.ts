import { convertTo, shown } from '../../conditions/index.ts';
import type { Json, JsonObject } from '../../data/item.ts';
import type { Scope } from '../../expression/scope.ts';
import { type CompileKit, NodeError } from '../../node/kit.ts';
import { objectsOf } from '../field-list.ts';
import { type Writer, fieldWriter } from './writer.ts';

/** What a field of a type starts with, since files leave defaults out. */
const INITIAL: Readonly<Record<string, Json>> = {
  string: '',
  number: 0,
  boolean: true,
  array: '',
  object: '',
};

interface Assignment {
  name: Json;
  type: string;
  value: Json | undefined;
}

/** Versions 3 and up, mode `manual`: named, typed values. Throws NodeError when a value does not convert. */
export function compileAssignments(kit: CompileKit): Writer {
  const dotted = kit.raw('options.dotNotation') !== false;
  const keepsWrong = kit.raw('options.ignoreConversionErrors') === true;
  const writes = assignmentsOf(kit).map(({ name: rawName, type, value }) => {
    const name = kit.value(rawName);
    return { name, type, value: kit.value(value), write: fieldWriter(name, dotted) };
  });
  return {
    constant: writes.every(({ name, value }) => name.constant && value.constant),
    into(json, scope) {
      for (const { name, type, value, write } of writes) {
        const found = value.at(scope);
        write(
          json,
          isOf(found, type) ? found : converted(found, { name: name.at(scope), type, keepsWrong, scope }),
          scope,
        );
      }
    },
  };
}

const isOf = (value: Json, type: string): boolean => typeof value === type && type !== 'object';

function converted(
  value: Json | undefined,
  how: { name: Json; type: string; keepsWrong: boolean; scope: Scope },
): Json {
  // Nothing is written as null, so that the field exists whatever the item holds.
  if (value === undefined || value === null) return null;
  const { type, scope } = how;
  const conversion = convertTo(value, type, { parseStrings: true, zone: scope.zone });
  if (conversion.ok) return conversion.value;
  if (how.keepsWrong) return value;
  throw new NodeError(
    'wrong-type',
    `'${shown(how.name)}' expects ${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type} but we got '${shown(value)}' [item ${scope.itemIndex}]`,
    {
      description: `Change the type of the field "${shown(how.name)}" or turn on "Keep values that do not convert".`,
      itemIndex: scope.itemIndex,
    },
  );
}

function assignmentsOf(kit: CompileKit): Assignment[] {
  if (kit.node.version >= 3.3) {
    return objectsOf(kit.raw('assignments.assignments')).map((entry) => ({
      name: entry.name ?? '',
      type: String(entry.type ?? 'string'),
      value: entry.value,
    }));
  }
  return objectsOf(kit.raw('fields.values')).map((entry) => {
    const key = String(entry.type ?? 'stringValue');
    const type = key.endsWith('Value') ? key.slice(0, -'Value'.length) : key;
    return { name: entry.name ?? '', type, value: valueOf(entry, key, type) };
  });
}

const valueOf = (entry: JsonObject, key: string, type: string): Json | undefined =>
  Object.hasOwn(entry, key) ? entry[key] : Object.hasOwn(INITIAL, type) ? INITIAL[type] : undefined;
