import type { Json, JsonObject } from '../data/item.ts';
import type { Attribute, ResourceType } from './attribute.ts';
import { placeOf, subAttribute } from './attribute.ts';
import type { Comparison, Filter, FilterValue } from './filter.ts';

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const own = (object: JsonObject, name: string): Json | undefined =>
  Object.hasOwn(object, name) ? object[name] : undefined;

const listOf = (value: Json | undefined): Json[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];

/** Whether a resource is what the filter asks for (SCM3, SCM4). */
export function matches(type: ResourceType, resource: JsonObject, filter: Filter): boolean {
  switch (filter.op) {
    case 'and':
      return filter.terms.every((term) => matches(type, resource, term));
    case 'or':
      return filter.terms.some((term) => matches(type, resource, term));
    case 'not':
      return !matches(type, resource, filter.term);
    case 'has': {
      const place = placeOf(type, filter.path);
      if (!place || place.sub) return false;
      const holder = place.extension === undefined ? resource : own(resource, place.extension);
      const values = isObject(holder) ? listOf(own(holder, place.attribute.name)) : [];
      return values.some((value) => matchesValue(place.attribute, value, filter.filter));
    }
    default: {
      const place = placeOf(type, filter.path);
      if (!place) return false;
      const holder = place.extension === undefined ? resource : own(resource, place.extension);
      const values = isObject(holder) ? listOf(own(holder, place.attribute.name)) : [];
      const leaf = place.sub ?? defaultOf(place.attribute);
      return compareAll(leaf ?? place.attribute, leaf ? partsOf(values, leaf) : values, filter);
    }
  }
}

/** Whether one value of a list is what the filter in its brackets asks for. */
export function matchesValue(attribute: Attribute, value: Json, filter: Filter): boolean {
  switch (filter.op) {
    case 'and':
      return filter.terms.every((term) => matchesValue(attribute, value, term));
    case 'or':
      return filter.terms.some((term) => matchesValue(attribute, value, term));
    case 'not':
      return !matchesValue(attribute, value, filter.term);
    case 'has':
      return false;
    default: {
      const sub = subAttribute(attribute, filter.path);
      return sub !== undefined && compareAll(sub, partsOf([value], sub), filter);
    }
  }
}

/** `emails eq "x"` means the values of the list. */
const defaultOf = (attribute: Attribute): Attribute | undefined =>
  attribute.multiValued ? subAttribute(attribute, 'value') : undefined;

const partsOf = (values: readonly Json[], sub: Attribute): Json[] =>
  values.flatMap((value) => (isObject(value) ? listOf(own(value, sub.name)) : []));

function compareAll(
  attribute: Attribute,
  values: readonly Json[],
  filter: { op: 'pr' } | { op: Comparison; value: FilterValue },
): boolean {
  if (filter.op === 'pr') return values.some((value) => value !== '');
  const { op, value: wanted } = filter;
  if (wanted === null) return op === 'eq' ? values.length === 0 : op === 'ne' && values.length > 0;
  if (op === 'ne') return !values.some((value) => compare(attribute, value, 'eq', wanted));
  return values.some((value) => compare(attribute, value, op, wanted));
}

function compare(attribute: Attribute, value: Json, op: Comparison, wanted: FilterValue): boolean {
  if (typeof value === 'boolean' || typeof wanted === 'boolean') return op === 'eq' && value === wanted;
  if (typeof value !== 'string' || typeof wanted !== 'string') return false;
  if (attribute.type === 'dateTime') return ordered(op, Date.parse(value) - Date.parse(wanted));
  const [a, b] = attribute.caseExact ? [value, wanted] : [value.toLowerCase(), wanted.toLowerCase()];
  switch (op) {
    case 'co':
      return a.includes(b);
    case 'sw':
      return a.startsWith(b);
    case 'ew':
      return a.endsWith(b);
    default:
      return ordered(op, a === b ? 0 : a < b ? -1 : 1);
  }
}

/** `NaN`, a date that is none, is in no order. */
function ordered(op: Comparison, difference: number): boolean {
  switch (op) {
    case 'eq':
      return difference === 0;
    case 'gt':
      return difference > 0;
    case 'ge':
      return difference >= 0;
    case 'lt':
      return difference < 0;
    case 'le':
      return difference <= 0;
    default:
      return false;
  }
}
