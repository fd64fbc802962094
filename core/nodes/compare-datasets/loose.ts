import { canonical, isBlank } from '../../data/canonical.ts';
import type { Json } from '../../data/item.ts';

/**
 * Text that is equal when two values mean the same to a forgiving reader: blanks of any kind, numbers and truth values
 * written as text, and objects and lists written as JSON.
 */
export function loose(value: Json | undefined): string {
  const plain = typeof value === 'string' ? readText(value) : value;
  if (isBlank(plain)) return 'blank';
  if (typeof plain === 'boolean') return plain ? '1' : '0';
  return canonical(plain);
}

function readText(text: string): Json {
  const trimmed = text.trim();
  const lower = trimmed.toLowerCase();
  if (lower === 'true' || lower === 'false') return lower === 'true';
  if (trimmed !== '' && !Number.isNaN(Number(trimmed))) return Number(trimmed);
  if (!/^[[{]/.test(trimmed)) return text;
  try {
    return JSON.parse(trimmed) as Json;
  } catch {
    return text;
  }
}
