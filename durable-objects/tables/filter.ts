import type { Condition, RowFilter } from '../../core/tables/call.ts';
import { shown, TableFailure } from './failure.ts';
import type { Place } from './store.ts';
import { stored } from './values.ts';

/** Cloudflare binds at most 100 values to a statement; the others are columns. */
const MAX_CONDITIONS = 20;

export interface Where {
  sql: string;
  values: SqlStorageValue[];
}

const COMPARE = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

/** Conditions as SQL over our own column names; values are bound, never written into it. */
export function whereOf({ match, conditions }: RowFilter, placeOf: (column: string) => Place): Where {
  if (conditions.length > MAX_CONDITIONS) {
    throw new TableFailure('too-many-conditions', `A filter may have ${MAX_CONDITIONS} conditions.`);
  }
  if (conditions.length === 0) return { sql: '1', values: [] };
  const parts = conditions.map((condition) => one(condition, placeOf(condition.column)));
  return {
    sql: parts.map(({ sql }) => `(${sql})`).join(match === 'all' ? ' AND ' : ' OR '),
    values: parts.flatMap(({ values }) => values),
  };
}

function one({ column, operator, value }: Condition, { sql, type }: Place): Where {
  switch (operator) {
    case 'isEmpty':
      return { sql: `${sql} IS NULL OR ${sql} = ''`, values: [] };
    case 'isNotEmpty':
      return { sql: `${sql} IS NOT NULL AND ${sql} <> ''`, values: [] };
    case 'isTrue':
    case 'isFalse':
      return { sql: `${sql} IS ${operator === 'isTrue' ? 1 : 0}`, values: [] };
    case 'like':
    case 'ilike':
      return like(sql, String(value ?? ''), operator === 'ilike');
    case 'eq':
      return { sql: `${sql} IS ?`, values: [stored(value, type, column)] };
    case 'neq':
      return { sql: `${sql} IS NOT ?`, values: [stored(value, type, column)] };
    default: {
      const bound = stored(value, type, column);
      if (bound === null) throw new TableFailure('bad-value', `${shown(column)} is compared with nothing.`);
      return { sql: `${sql} ${COMPARE[operator]} ?`, values: [bound] };
    }
  }
}

/** `%` at the ends of a pattern. LIKE itself is not used: Cloudflare limits its patterns to 50 bytes, and it may backtrack. */
function like(sql: string, pattern: string, anyCase: boolean): Where {
  const starts = pattern.startsWith('%');
  const ends = pattern.length > 1 && pattern.endsWith('%');
  const text = pattern.slice(starts ? 1 : 0, ends ? -1 : undefined);
  if (text.includes('%')) throw new TableFailure('bad-pattern', 'Patterns take % at their ends only.');
  const [subject, wanted] = anyCase ? [`lower(${sql})`, 'lower(?)'] : [sql, '?'];
  if (starts && ends) return { sql: `instr(${subject}, ${wanted}) > 0`, values: [text] };
  if (ends) return { sql: `substr(${subject}, 1, length(?)) = ${wanted}`, values: [text, text] };
  if (starts) return { sql: `substr(${subject}, -length(?)) = ${wanted}`, values: [text, text] };
  return { sql: `${subject} = ${wanted}`, values: [text] };
}
