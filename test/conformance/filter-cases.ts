import { DateTime } from 'luxon';
import type { Json } from '../../core/data/item.ts';
import { compileConditions } from '../../core/conditions/condition.ts';
import { convertTo, type ConvertOptions } from '../../core/conditions/convert.ts';
import type { Scope } from '../../core/expression/scope.ts';
import type { Assertion } from './collection.ts';
import { show } from './same.ts';

/** Recorded hosts values: `{__undefined}`, `{__date}`, `{__luxon}`. */
function revived(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revived);
  if (typeof value !== 'object' || value === null) return value;
  const held = value as { __undefined?: true; __date?: string; __luxon?: string };
  if (held.__undefined) return undefined;
  if (held.__date !== undefined) return new Date(held.__date);
  if (held.__luxon !== undefined) return DateTime.fromISO(held.__luxon, { setZone: true });
  const entries = Object.entries(value).map(([key, inner]) => [key, revived(inner)] as const);
  return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined));
}

const kit = { value: <T>(raw: unknown) => ({ constant: true, at: () => raw as T }) };
const scope = { itemIndex: 0, zone: 'America/New_York' } as Scope;

/** Says why the assertion does not hold, or undefined. */
export function checkFilter({ input, matcher = 'toEqual', expected }: Assertion): string | undefined {
  const values = revived(Array.isArray(input) ? input : [input]) as Json[];
  const isConversion = typeof values[0] === 'string';
  return isConversion ? checkConversion(values, revived(expected)) : checkDecision(values, matcher, expected);
}

function checkDecision(values: Json[], matcher: string, expected: unknown): string | undefined {
  let got: unknown;
  try {
    got = compileConditions(kit, values[0])(scope);
  } catch (error) {
    got = (error as Error).message;
  }
  const wantsFailure = matcher === 'toThrowError' || matcher === 'toThrow';
  const holds = wantsFailure ? typeof got === 'string' && got.includes(String(expected ?? '')) : got === expected;
  return holds ? undefined : `${show(values[0])}: ${show(got)} instead of ${show(expected)}`;
}

function checkConversion([, value, type, options]: Json[], expected: unknown): string | undefined {
  const got = convertTo(value, String(type), (options ?? {}) as ConvertOptions);
  const wanted = expected as { valid?: boolean; newValue?: { __any?: string } };
  const problem = `${show([value, type, options])}: ${show(got)} instead of ${show(expected)}`;
  if (wanted.valid !== undefined && got.ok !== wanted.valid) return problem;
  // Moments stay text: JSON has no dates.
  if (!got.ok || wanted.newValue?.__any === '_DateTime') return undefined;
  return JSON.stringify(got.value) === JSON.stringify(wanted.newValue) ? undefined : problem;
}
