import type { Runtime } from '../runtime.ts';
import { typeFault } from './error-value.ts';
import { isPlain } from './plain.ts';
import { View } from './view.ts';

/** The elements `for … of`, spread and destructuring see. Only built-in kinds are iterable. */
export function iterate(rt: Runtime, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'string') {
    rt.places(value.length);
    return Array.from(value);
  }
  if (value instanceof Set) {
    rt.places(value.size);
    return [...value];
  }
  if (value instanceof Map) {
    rt.places(value.size);
    return Array.from(value, ([key, inner]: [unknown, unknown]) => [key, inner]);
  }
  const listed = value instanceof View ? value.list() : undefined;
  if (listed) {
    rt.places(listed.length);
    return listed;
  }
  throw typeFault('The value is not iterable');
}

/** For `Array.from` and friends: iterables, and `{length: n}`. */
export function iterateLoose(rt: Runtime, value: unknown): readonly unknown[] {
  if (value === null || value === undefined) throw typeFault('The value is not iterable');
  if (isPlain(value)) {
    const length = Object.hasOwn(value, 'length') ? Math.trunc(Number(value['length'])) : 0;
    if (!(length > 0)) return [];
    rt.places(length);
    return Array.from({ length }, (_, i) => (Object.hasOwn(value, String(i)) ? value[String(i)] : undefined));
  }
  if (typeof value === 'number' || typeof value === 'boolean') return [];
  return iterate(rt, value);
}
