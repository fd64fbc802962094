import { DateTime } from 'luxon';
import { ExpressionError } from '../error.ts';
import { MAX_DEPTH } from '../limits.ts';
import type { Runtime } from '../runtime.ts';
import { isPlain } from './plain.ts';

/** A text that is equal for structurally equal values, whatever the order of fields: deep equality for sets. */
export function structure(rt: Runtime, value: unknown, depth = 0): string {
  rt.charge(1);
  if (depth > MAX_DEPTH) throw new ExpressionError('limit', 'The value is nested too deeply');
  let out: string;
  if (typeof value === 'string') out = JSON.stringify(value);
  else if (Array.isArray(value)) out = `[${value.map((inner) => structure(rt, inner, depth + 1)).join(',')}]`;
  else if (value instanceof DateTime || value instanceof Date) out = `date:${value.valueOf()}`;
  else if (isPlain(value)) {
    const fields = Object.keys(value).sort();
    out = `{${fields.map((key) => `${JSON.stringify(key)}:${structure(rt, value[key], depth + 1)}`).join(',')}}`;
  } else out = typeof value === 'object' && value !== null ? '[object]' : String(value);
  rt.room(out.length);
  return out;
}

/** Elements in first-seen order, without structural repeats. */
export function distinct(
  rt: Runtime,
  list: readonly unknown[],
  keyOf: (value: unknown) => unknown = (v) => v,
): unknown[] {
  const seen = new Set<string>();
  return list.filter((value) => {
    const key = structure(rt, keyOf(value));
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
