import type { Json, JsonObject } from '../../data/item.ts';
import { objectsIn, own } from '../n8n/json.ts';

type Operator = { type: string; operation: string; singleValue?: true };

const OPERATIONS: Readonly<Record<string, string>> = {
  equal: 'equals',
  notequal: 'notEquals',
  contain: 'contains',
  notcontain: 'notContains',
  startwith: 'startsWith',
  notstartwith: 'notStartsWith',
  endwith: 'endsWith',
  notendwith: 'notEndsWith',
  pattern: 'regex',
  notpattern: 'notRegex',
  greater: 'gt',
  less: 'lt',
  greaterorequal: 'gte',
  lessorequal: 'lte',
};
const TYPES: Readonly<Record<string, string>> = {
  text: 'string',
  number: 'number',
  boolean: 'boolean',
  date: 'dateTime',
  array: 'array',
};
const DATES: Readonly<Record<string, string>> = {
  greater: 'after',
  less: 'before',
  greaterorequal: 'afterOrEquals',
  lessorequal: 'beforeOrEquals',
};

/** `text:equal:ci` → our operator; undefined for what we do not know. */
function operatorOf(name: string): Operator | undefined {
  if (name === 'exist' || name === 'notexist') {
    return { type: 'string', operation: name === 'exist' ? 'notEmpty' : 'empty', singleValue: true };
  }
  const [kind = '', verb = ''] = name.split(':');
  const type = Object.hasOwn(TYPES, kind) ? TYPES[kind] : undefined;
  const operation =
    kind === 'date' && Object.hasOwn(DATES, verb)
      ? DATES[verb]
      : Object.hasOwn(OPERATIONS, verb)
        ? OPERATIONS[verb]
        : undefined;
  return type === undefined || operation === undefined ? undefined : { type, operation };
}

/**
 * Make's filter is a list of lists: any of them must hold, of each all conditions. We have one connective: groups of
 * several conditions beside each other cannot be told, and undefined says so.
 */
export function filterParameters(filter: JsonObject, text: (raw: Json | undefined) => string): JsonObject | undefined {
  const raw = own(filter, 'conditions');
  const groups = (Array.isArray(raw) ? raw : []).map((group) => objectsIn(Array.isArray(group) ? group : [group]));
  const isAny = groups.length > 1;
  if (isAny && groups.some((group) => group.length > 1)) return undefined;
  const names = groups.flat().map((condition) => String(own(condition, 'o') ?? 'exist'));
  const conditions: JsonObject[] = [];
  for (const [index, condition] of groups.flat().entries()) {
    const operator = operatorOf(names[index] ?? '');
    if (!operator) return undefined;
    conditions.push({
      id: `c${index}`,
      leftValue: text(own(condition, 'a')),
      rightValue: text(own(condition, 'b')),
      operator,
    });
  }
  const caseSensitive = !names.some((name) => name.endsWith(':ci'));
  return {
    conditions: {
      options: { caseSensitive, leftValue: '', typeValidation: 'loose', version: 2 },
      combinator: isAny ? 'or' : 'and',
      conditions,
    },
  };
}
