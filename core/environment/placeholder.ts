import { rememberedText } from '../data/json-text.ts';

/** What stands for a secret variable's value: `millrace-secret.<environment>.<name>.<mac>` (workers/vault/variables.ts). */
export const PREFIX = 'millrace-secret.';
export const PLACEHOLDER = /millrace-secret\.([a-z][a-z0-9-]{0,31})\.([A-Za-z_][A-Za-z0-9_]{0,63})\.([0-9a-f]{32})/g;

function holds(value: unknown): boolean {
  if (typeof value === 'string') return value.includes(PREFIX);
  if (value === null || typeof value !== 'object') return false;
  if (Array.isArray(value)) return value.some(holds);
  // A large body that nobody has read yet need not be parsed for this. An escape could write a placeholder otherwise.
  const text = rememberedText(value);
  if (text !== undefined && !text.includes(String.raw`\u`)) return text.includes(PREFIX);
  return Object.entries(value).some(([key, each]) => key.includes(PREFIX) || holds(each));
}

/**
 * What comes from outside, with placeholders taken out of its texts and keys: whoever was shown one must not be able to
 * have a workflow send its value by handing it in. For values of JSON; the very same one where there is none.
 */
export function withoutPlaceholders<T>(value: T): T {
  if (!holds(value)) return value;
  // Nothing in a placeholder is ever escaped in JSON's text.
  return JSON.parse(JSON.stringify(value).replace(PLACEHOLDER, '[secret]')) as T;
}
