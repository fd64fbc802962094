/** What values of each type can be compared by, as core/conditions knows it (a test holds the two together). */
const PRESENCE = ['exists', 'notExists', 'empty', 'notEmpty'] as const;
const SAME = ['equals', 'notEquals'] as const;

export const OPERATORS: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'string',
    [
      ...SAME,
      'contains',
      'notContains',
      'startsWith',
      'notStartsWith',
      'endsWith',
      'notEndsWith',
      'regex',
      'notRegex',
      ...PRESENCE,
    ],
  ],
  ['number', [...SAME, 'gt', 'lt', 'gte', 'lte', ...PRESENCE]],
  ['dateTime', [...SAME, 'after', 'before', 'afterOrEquals', 'beforeOrEquals', ...PRESENCE]],
  ['boolean', ['true', 'false', ...SAME, ...PRESENCE]],
  [
    'array',
    [
      'contains',
      'notContains',
      'lengthEquals',
      'lengthNotEquals',
      'lengthGt',
      'lengthLt',
      'lengthGte',
      'lengthLte',
      ...PRESENCE,
    ],
  ],
  ['object', [...PRESENCE]],
]);

const UNARY: ReadonlySet<string> = new Set([...PRESENCE, 'true', 'false']);
export const isUnary = (operation: string): boolean => UNARY.has(operation);

/** Type of the right side. */
export const rightTypeOf = (type: string, operation: string): string =>
  type === 'array' ? (operation.startsWith('length') ? 'number' : 'any') : type;
