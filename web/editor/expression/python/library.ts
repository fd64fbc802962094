import type { Json } from '../../../../core/data/item.ts';
import {
  ANY,
  BOOLEAN,
  fn,
  is,
  list,
  type Member,
  type Members,
  named,
  NUMBER,
  STRING,
  type Type,
} from '../javascript/type.ts';

const members = (all: Readonly<Record<string, Member>>): Members => new Map(Object.entries(all));
const STRINGS = list(STRING);
const NOTHING: Type = { kind: 'data', value: null };

/** Methods of text that MicroPython has. */
export const OF_STRING = members({
  upper: fn('()', STRING),
  lower: fn('()', STRING),
  strip: fn('(chars?)', STRING),
  lstrip: fn('(chars?)', STRING),
  rstrip: fn('(chars?)', STRING),
  split: fn('(separator?, max?)', STRINGS),
  rsplit: fn('(separator?, max?)', STRINGS),
  splitlines: fn('()', STRINGS),
  join: fn('(texts)', STRING),
  replace: fn('(old, new, count?)', STRING),
  startswith: fn('(text)', BOOLEAN),
  endswith: fn('(text)', BOOLEAN),
  find: fn('(text, start?)', NUMBER),
  rfind: fn('(text, start?)', NUMBER),
  index: fn('(text, start?)', NUMBER),
  count: fn('(text)', NUMBER),
  format: fn('(*values)', STRING),
  partition: fn('(separator)', STRINGS),
  isdigit: fn('()', BOOLEAN),
  isalpha: fn('()', BOOLEAN),
  isspace: fn('()', BOOLEAN),
  encode: fn('()', named('bytes', {})),
});

export const ofList = (of: Type): Members =>
  members({
    append: fn('(value)', NOTHING),
    extend: fn('(values)', NOTHING),
    insert: fn('(index, value)', NOTHING),
    pop: fn('(index?)', of),
    remove: fn('(value)', NOTHING),
    sort: fn('(key?, reverse?)', NOTHING),
    reverse: fn('()', NOTHING),
    index: fn('(value)', NUMBER),
    count: fn('(value)', NUMBER),
    copy: fn('()', list(of)),
    clear: fn('()', NOTHING),
  });

/** Methods of a dict, behind its keys. */
export const OF_DICT = members({
  get: fn('(key, default?)'),
  keys: fn('()', STRINGS),
  values: fn('()', list(ANY)),
  items: fn('()', list(list(ANY))),
  update: fn('(other)', NOTHING),
  pop: fn('(key, default?)'),
  setdefault: fn('(key, default?)'),
  copy: fn('()'),
  clear: fn('()', NOTHING),
});

/** A datetime. */
const moment: Record<string, Member> = {};
export const MOMENT = named('datetime', moment);
for (const name of ['year', 'month', 'day', 'hour', 'minute', 'second', 'microsecond']) moment[name] = is(NUMBER);
Object.assign(moment, {
  isoformat: fn('(sep?)', STRING),
  strftime: fn('(format: str)', STRING),
  timestamp: fn('()', NUMBER),
  weekday: fn('()', NUMBER),
  isoweekday: fn('()', NUMBER),
  replace: fn('(year?, month?, day?, hour?, …)', MOMENT),
  astimezone: fn('(zone)', MOMENT),
  date: fn('()', named('date', {})),
  time: fn('()', named('time', {})),
});
(MOMENT as { members: Members }).members = members(moment);

/** What the language brings, the part people use. */
export const BUILT_IN: Members = members({
  len: fn('(values)', NUMBER),
  str: fn('(value)', STRING),
  int: fn('(value)', NUMBER),
  float: fn('(value)', NUMBER),
  bool: fn('(value)', BOOLEAN),
  round: fn('(number, digits?)', NUMBER),
  abs: fn('(number)', NUMBER),
  sum: fn('(numbers)', NUMBER),
  min: fn('(*values, key?)'),
  max: fn('(*values, key?)'),
  sorted: fn('(values, key?, reverse?)'),
  reversed: fn('(values)'),
  list: fn('(values)'),
  dict: fn('(pairs)'),
  set: fn('(values)'),
  tuple: fn('(values)'),
  map: fn('(function, values)'),
  filter: fn('(function, values)'),
  zip: fn('(*values)', list(list(ANY))),
  enumerate: fn('(values)', list(list(ANY))),
  range: fn('(stop)', list(NUMBER)),
  any: fn('(values)', BOOLEAN),
  all: fn('(values)', BOOLEAN),
  isinstance: fn('(value, type)', BOOLEAN),
  print: fn('(*values)', NOTHING),
});

const MAX_FIELDS = 6;

/** As Python's annotations write it. */
export function typeText(type: Type): string {
  switch (type.kind) {
    case 'data':
      return dataText(type.value);
    case 'list':
      return `list[${typeText(type.of)}]`;
    case 'promise':
      return typeText(type.of);
    case 'named':
      return type.name;
    case 'function':
      return `${type.signature} -> ${typeText(type.returns)}`;
    default:
      return 'Any';
  }
}

function dataText(value: Json): string {
  if (value === null) return 'None';
  if (Array.isArray(value)) return `list[${value.length === 0 ? 'Any' : dataText(value[0] ?? null)}]`;
  if (typeof value === 'string') return 'str';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return 'int | float';
  const names = Object.keys(value);
  const shown = names.slice(0, MAX_FIELDS).map((name) => JSON.stringify(name));
  return shown.length === 0 ? 'dict' : `dict[${shown.join(', ')}${names.length > MAX_FIELDS ? ', …' : ''}]`;
}
