import type { Runtime } from '../runtime.ts';
import { toStr } from '../value/coerce.ts';
import { isPlain } from '../value/plain.ts';

/** The host's own locale must not show: without one it is `en-US`. */
export const DEFAULT_LOCALE = 'en-US';

export function localeOf(rt: Runtime, value: unknown): string {
  if (value === undefined || value === null) return DEFAULT_LOCALE;
  return toStr(rt, Array.isArray(value) ? (value[0] ?? DEFAULT_LOCALE) : value);
}

/** Options for Intl and luxon: own primitive fields only. */
export function intlOptions(value: unknown): Record<string, string | number | boolean> {
  const out: Record<string, string | number | boolean> = {};
  if (!isPlain(value)) return out;
  for (const key of Object.keys(value)) {
    const option = value[key];
    if (key !== '__proto__' && ['string', 'number', 'boolean'].includes(typeof option)) {
      out[key] = option as string | number | boolean;
    }
  }
  return out;
}
