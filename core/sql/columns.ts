import type { Json, JsonObject } from '../data/item.ts';
import { SqlError } from './error.ts';

/** A value as SQLite takes and gives it. */
export type SqlValue = string | number | null | ArrayBuffer;

/** Cloudflare's limit for a table, and for the values bound to a statement. */
const MAX_COLUMNS = 100;
const MAX_NAME_CHARS = 500;

/** What a column held, so that its values can come back as they were. */
export type Kind = 'json' | 'boolean' | 'plain';

/** The fields of an input's items, in order of appearance. SQLite does not tell `Name` from `name`: the first is kept. */
export function columnsOf(items: readonly JsonObject[], input: string): string[] {
  const names = new Map<string, string>();
  for (const item of items) {
    for (const name of Object.keys(item)) {
      const folded = name.toLowerCase();
      if (!names.has(folded)) names.set(folded, name);
    }
    if (names.size > MAX_COLUMNS) {
      throw new SqlError(
        `The items of ${input} have more than ${MAX_COLUMNS} different fields; keep those the query needs.`,
      );
    }
  }
  for (const name of names.values()) {
    if (name === '' || name.length > MAX_NAME_CHARS || name.includes('\u0000')) {
      throw new SqlError(`A field of ${input} has a name no column can have: ${JSON.stringify(name.slice(0, 60))}.`);
    }
  }
  return [...names.values()];
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Kinds by folded name, over all inputs: a query's result says names only. */
export function kindsOf(inputs: readonly (readonly JsonObject[])[]): ReadonlyMap<string, Kind> {
  const kinds = new Map<string, Kind>();
  for (const item of inputs.flat()) {
    for (const [name, value] of Object.entries(item)) {
      if (value === null) continue;
      const folded = name.toLowerCase();
      const own: Kind = typeof value === 'object' ? 'json' : typeof value === 'boolean' ? 'boolean' : 'plain';
      const before = kinds.get(folded);
      if (before === undefined || own === 'json') kinds.set(folded, own);
      else if (before === 'boolean' && own === 'plain') kinds.set(folded, 'plain');
    }
  }
  return kinds;
}

export function bound(value: Json | undefined): SqlValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'object' ? JSON.stringify(value) : value;
}

export function restored(value: SqlValue, kind: Kind | undefined): Json {
  if (value === null || value instanceof ArrayBuffer) return null;
  if (kind === 'boolean' && (value === 0 || value === 1)) return value === 1;
  if (kind === 'json' && typeof value === 'string' && /^[[{]/.test(value)) {
    try {
      return JSON.parse(value) as Json;
    } catch {
      return value;
    }
  }
  return value;
}
