import { DateTime } from 'luxon';
import type { Json } from '../../core/data/item.ts';
import type { ColumnType } from '../../core/tables/call.ts';
import { shown, TableFailure } from './failure.ts';

/** A row of SQLite has 2 MB; several columns share it. */
const MAX_TEXT_CHARS = 500_000;

/** A value as its column keeps it. @throws TableFailure `bad-value` */
export function stored(value: Json | undefined, type: ColumnType, column: string): SqlStorageValue {
  if (value === null || value === undefined) return null;
  const wrong = (what: string): TableFailure =>
    new TableFailure('bad-value', `${shown(value)} is no ${what}, as the column ${shown(column)} wants.`);
  switch (type) {
    case 'number': {
      if (value === '') return null;
      const number = typeof value === 'boolean' || typeof value === 'object' ? Number.NaN : Number(value);
      if (!Number.isFinite(number)) throw wrong('number');
      return number;
    }
    case 'boolean':
      if (value === true || value === 'true' || value === 1 || value === '1') return 1;
      if (value === false || value === 'false' || value === 0 || value === '0') return 0;
      if (value === '') return null;
      throw wrong('boolean');
    case 'date': {
      if (value === '') return null;
      const moment =
        typeof value === 'number' ? DateTime.fromMillis(value) : DateTime.fromISO(String(value), { zone: 'UTC' });
      if (!moment.isValid) throw wrong('date in ISO form');
      return moment.toUTC().toISO();
    }
    default: {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      if (text.length > MAX_TEXT_CHARS) {
        throw new TableFailure(
          'value-too-large',
          `A value of ${shown(column)} has more than ${MAX_TEXT_CHARS} characters.`,
        );
      }
      return text;
    }
  }
}

/** The other way round. */
export function read(value: SqlStorageValue, type: ColumnType): Json {
  if (value === null || typeof value === 'string' || typeof value === 'number') {
    return type === 'boolean' && typeof value === 'number' ? value === 1 : value;
  }
  return null;
}
