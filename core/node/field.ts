import type { Json, JsonObject } from '../data/item.ts';
import { putOwn } from '../data/path.ts';

/** One way to fill a parameter; forms draw each kind with a control of its own. See SPEC.md, FLD1–FLD6. */
export type FieldType =
  | 'string'
  /** Several lines. */
  | 'text'
  | 'number'
  | 'boolean'
  | 'options'
  /** A list of some of `options`. */
  | 'several'
  /** A list of days, Sunday 0. */
  | 'weekdays'
  | 'json'
  | 'code'
  /** ISO 8601, as the workflow's zone reads it. */
  | 'date'
  | 'color'
  /** Name of the item's field that holds a file. */
  | 'file'
  /** Something that exists here or elsewhere: its id, or `{__rl: true, mode, value}`. `source` lists them. */
  | 'locator'
  /** Rules of a schedule; see core/nodes/schedule/rule.ts. */
  | 'schedule'
  /** With `fields`: an object of them. Without: any JSON. */
  | 'collection'
  /** Objects of `fields`, as many as people want. */
  | 'list'
  | 'conditions'
  | 'assignments'
  | 'expression'
  /** `{mappingMode, value}`: a value for each column of what the field `columnsOf` chooses, or the item's own fields. */
  | 'mapper';

/** Where the choices of a field come from when the server has them. */
export type FieldSource = 'workflows' | 'data-tables' | 'credential-types';

/** One parameter as forms, docs and importers see it. */
export interface Field {
  /** Dotted path in the node's parameters, or in an entry of the list it is part of. */
  name: string;
  label: string;
  type: FieldType;
  default?: Json;
  options?: readonly string[];
  required?: boolean;
  description?: string;
  /** Other fields by name, and the values with which this one matters. All must hold. */
  show?: Readonly<Record<string, readonly Json[]>>;
  /** Parts of a collection, or of each entry of a list. */
  fields?: readonly Field[];
  source?: FieldSource;
  /** Of `mapper`: name of the locator beside it. */
  columnsOf?: string;
  /** Of `code`. */
  language?: 'javascript' | 'python' | 'sql' | 'html' | 'css' | 'json';
}

/** The same fields, which matter only while `show` holds, too. */
export const when = (show: NonNullable<Field['show']>, fields: readonly Field[]): Field[] =>
  fields.map((field) => ({ ...field, show: { ...show, ...field.show } }));

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isExpression = (value: Json | undefined): value is string =>
  typeof value === 'string' && value.startsWith('=');

/** The value at a dotted path, own properties only. */
export function valueAt(parameters: JsonObject, path: string): Json | undefined {
  let value: Json | undefined = parameters;
  for (const key of path.split('.')) {
    if (!isObject(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

/** A copy with `value` at a dotted path; `undefined` takes it away, and what is empty around it then. */
export function withValue(parameters: JsonObject, path: string, value: Json | undefined): JsonObject {
  return put(parameters, path.split('.'), value) ?? {};
}

function put(before: Json | undefined, [key = '', ...rest]: string[], value: Json | undefined): JsonObject | undefined {
  const copy: JsonObject = {};
  if (isObject(before)) for (const [name, each] of Object.entries(before)) if (name !== key) putOwn(copy, name, each);
  const old = isObject(before) && Object.hasOwn(before, key) ? before[key] : undefined;
  const next = rest.length === 0 ? value : put(old, rest, value);
  if (next !== undefined) putOwn(copy, key, next);
  return Object.keys(copy).length > 0 ? copy : undefined;
}

/** What each of a list of headers, parameters and the like is made of. */
export const NAME_VALUE: readonly Field[] = [
  { name: 'name', label: 'Name', type: 'string' },
  { name: 'value', label: 'Value', type: 'string' },
];

/**
 * Whether a field matters with these parameters. One that hangs on an expression matters: what it will give is not
 * known. One that hangs on a field that itself does not matter, does not.
 */
export function isShown(field: Field, fields: readonly Field[], parameters: JsonObject): boolean {
  return holds(field, { fields, parameters }, 0);
}

const MAX_CHAIN = 20;

function holds(field: Field, form: { fields: readonly Field[]; parameters: JsonObject }, depth: number): boolean {
  if (!field.show || depth > MAX_CHAIN) return true;
  return Object.entries(field.show).every(([name, wanted]) => {
    const given = valueAt(form.parameters, name);
    if (isExpression(given)) return true;
    const others = form.fields.filter((other) => other.name === name);
    // several fields may share a name, each for its own case: the one that matters says the default
    const other = others.find((each) => holds(each, form, depth + 1));
    if (others.length > 0 && !other) return false;
    const value = given ?? other?.default ?? null;
    return wanted.some((each) => each === value);
  });
}

/** Parameters without those that mattered `before` a change and no longer do after it. */
export function settled(fields: readonly Field[], before: JsonObject, after: JsonObject): JsonObject {
  let next = after;
  const shown = new Set(fields.filter((field) => isShown(field, fields, after)).map(({ name }) => name));
  for (const field of fields) {
    if (shown.has(field.name) || valueAt(next, field.name) === undefined) continue;
    if (isShown(field, fields, before)) next = withValue(next, field.name, undefined);
  }
  return next;
}
