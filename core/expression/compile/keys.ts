import type { Runtime } from '../runtime.ts';
import { isPlain } from '../value/plain.ts';
import { View } from '../value/view.ts';

/** What `for … in` goes through: own names only. */
export function objectKeys(rt: Runtime, value: unknown): readonly string[] {
  if (Array.isArray(value) || isPlain(value)) {
    const keys = Object.keys(value);
    rt.places(keys.length);
    return keys;
  }
  if (typeof value === 'string') {
    rt.places(value.length);
    return Array.from({ length: value.length }, (_, i) => String(i));
  }
  return value instanceof View ? value.keys() : [];
}
