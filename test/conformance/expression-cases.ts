import { DateTime } from 'luxon';
import type { JsonObject } from '../../core/data/item.ts';
import { compileTemplate } from '../../core/expression/index.ts';
import { testScope } from '../../core/expression/testing.ts';
import type { Assertion } from './collection.ts';
import { difference, show } from './same.ts';

/** The recorded form of a value: `{__undefined}`, `{__date}`, `{__arrayContaining}`. */
function plain(value: unknown): unknown {
  if (value === undefined) return { __undefined: true };
  if (value instanceof Date) return { __date: value.toISOString() };
  if (typeof value === 'number' && Number.isNaN(value)) return null;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => [key, plain(inner)]),
  );
}

/** Says why the assertion does not hold, or undefined. */
export function checkExpression({ expression = '', input, output, matcher, expected }: Assertion): string | undefined {
  const json = Array.isArray(input) ? (input as JsonObject[]) : [];
  let value: unknown;
  try {
    value = compileTemplate(expression).at(testScope({ json }));
  } catch (error) {
    const { message } = error as Error;
    const wanted = (expected as { __error?: string } | null | undefined)?.__error;
    if (matcher !== 'toThrow' && matcher !== 'toThrowError') return `It failed: ${message}`;
    return wanted === undefined || message.includes(wanted) ? undefined : `It failed with ${show(message)}`;
  }
  return matcher === undefined ? difference(plain(value), output) : compare(value, matcher, expected);
}

function compare(value: unknown, matcher: string, expected: unknown): string | undefined {
  const unless = (holds: boolean, wanted: string): string | undefined =>
    holds ? undefined : `${show(value)} instead of ${wanted}`;
  if (matcher === 'toThrow' || matcher === 'toThrowError') return unless(false, 'a failure');
  if (matcher === 'toBeDefined') return unless(value !== undefined, 'something');
  if (matcher === 'toBeUndefined') return unless(value === undefined, 'nothing');
  if (matcher === 'toBeNull') return unless((value ?? null) === null, 'null');
  if (matcher === 'toBeTruthy') return unless(Boolean(value), 'something true');
  if (matcher === 'toBeFalsy') return unless(!value, 'something false');
  if (matcher === 'toBeNaN') return unless(Number.isNaN(value), 'NaN');
  if (matcher === 'toBeInstanceOf') return unless(value instanceof DateTime, 'a DateTime');
  const parts = (expected as { __arrayContaining?: unknown[] } | null)?.__arrayContaining;
  if (parts) {
    const list: unknown[] = Array.isArray(value) ? value.map(plain) : [];
    return unless(
      parts.every((part) => list.some((entry) => difference(entry, part) === undefined)),
      `a list with ${show(parts)}`,
    );
  }
  if (matcher === 'toContain' || matcher === 'toMatch') {
    const holds = Array.isArray(value) ? value.includes(expected) : String(value).includes(String(expected));
    return unless(holds, `something with ${show(expected)}`);
  }
  if (matcher === 'toHaveLength') return unless((value as { length?: number } | null)?.length === expected, `a length`);
  // A recorded null also stands for undefined and NaN, which JSON does not have.
  if (expected === null) return unless((value ?? null) === null || Number.isNaN(value), 'null');
  return difference(plain(value), expected);
}
