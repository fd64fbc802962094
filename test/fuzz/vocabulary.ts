import { arrayMethods } from '../../core/expression/builtins/array.ts';
import { mapMethods, regexMembers, setMethods } from '../../core/expression/builtins/collection.ts';
import { dateMethods } from '../../core/expression/builtins/date.ts';
import { GLOBALS } from '../../core/expression/builtins/globals.ts';
import { dateTimeMembers } from '../../core/expression/builtins/luxon-members.ts';
import { durationMembers, intervalMembers } from '../../core/expression/builtins/luxon-spans.ts';
import { booleanMethods, numberMethods } from '../../core/expression/builtins/number.ts';
import { callableMethods, objectMethods } from '../../core/expression/builtins/object.ts';
import { stringMethods } from '../../core/expression/builtins/string.ts';
import { ROOTS } from '../../core/expression/roots/data.ts';
import { HELPERS } from '../../core/expression/roots/helpers.ts';
import { Namespace } from '../../core/expression/value/callable.ts';

// Read from the language itself: a function added tomorrow is fuzzed tomorrow.
const tables = [
  arrayMethods,
  stringMethods,
  numberMethods,
  booleanMethods,
  objectMethods,
  callableMethods,
  dateMethods,
  mapMethods,
  setMethods,
  ...[regexMembers, dateTimeMembers, durationMembers, intervalMembers].map(({ methods }) => methods),
];

export const METHODS: readonly string[] = [...new Set(tables.flatMap((table) => [...table.keys()]))].sort();
export const ROOT_NAMES: readonly string[] = [...ROOTS.keys(), ...HELPERS.keys()].sort();
export const GLOBAL_NAMES: readonly string[] = [...GLOBALS.keys()].sort();
/** `Math.max`, `Object.entries`, … */
export const STATICS: readonly string[] = [...GLOBALS.values()]
  .flatMap((value) =>
    value instanceof Namespace ? [...value.members.keys()].map((key) => `${value.name}.${key}`) : [],
  )
  .sort();

/** Names that mean something to a host object. */
export const LOADED_NAMES: readonly string[] = [
  '__proto__',
  'constructor',
  'prototype',
  'caller',
  'callee',
  'arguments',
  'toString',
  'valueOf',
  'toJSON',
  'then',
  'length',
  'name',
  'message',
  'stack',
  'cause',
  'hasOwnProperty',
  '__defineGetter__',
  '__lookupGetter__',
  'isLuxonDateTime',
  'lastIndex',
  'groups',
  'index',
  'size',
  'get',
  'set',
  'value',
  'next',
  'loc',
  'c',
  'zone',
  '_zone',
  'invalid',
  '0',
  '-1',
  '1e9',
  '4294967295',
  'NaN',
  '',
  ' ',
  'a',
  'b',
  'list',
  'json',
  'item',
  '\\u0061',
  '😀',
];
