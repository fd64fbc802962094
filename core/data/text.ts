import type { Json } from './item.ts';

/**
 * A parameter's value as text: nothing is `initial`, lists and objects are JSON. Never `String(value)`: objects made of a
 * request's fields have no prototype, and then that throws.
 */
export function textOf(value: Json | undefined, initial = ''): string {
  if (value === undefined || value === null || value === '') return initial;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A parameter's value as a number; NaN for what is none, lists and objects included. */
export const numberOf = (value: Json | undefined): number =>
  typeof value === 'object' || value === undefined ? Number.NaN : Number(value);
