import type { Json } from './item.ts';

/** Text that is equal exactly when two values are deeply equal, whatever the order of their keys. */
export function canonical(value: Json | undefined): string {
  if (value === undefined) return 'u';
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const keys = Object.keys(value).toSorted();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}

/** What forms and files send when they mean "nothing". */
export function isBlank(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '' || Number.isNaN(value)) return true;
  if (typeof value !== 'object') return false;
  return (Array.isArray(value) ? value : Object.keys(value)).length === 0;
}

/** Like canonical, but 3 equals "3", true equals "true", and all blanks are one. */
export function fuzzy(value: Json | undefined): string {
  if (isBlank(value)) return 'u';
  if (typeof value === 'string') {
    const text = value.trim();
    if (text !== '' && !Number.isNaN(Number(text))) return String(Number(text));
    if (text === 'true' || text === 'false') return text;
    return canonical(value);
  }
  return canonical(value);
}
