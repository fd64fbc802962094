import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DateTime } from 'luxon';
import { describe, it } from 'vitest';
import type { Json } from '../data/item.ts';
import type { Scope } from '../expression/scope.ts';
import { compileConditions } from './condition.ts';
import { convertTo, type ConvertOptions } from './convert.ts';

const folder = path.resolve('..', 'shared', 'data', 'n8n', 'filter');

interface Case {
  name: string;
  input: Json[];
  matcher: string;
  expected: unknown;
}

const read = (file: string): Case[] => {
  const at = path.join(folder, file);
  return existsSync(at) ? (JSON.parse(readFileSync(at, 'utf8'), revive) as Case[]) : [];
};

/** Recorded hosts values: `{__undefined}`, `{__date}`, `{__luxon}`. */
function revive(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const held = value as { __undefined?: true; __date?: string; __luxon?: string };
  if (held.__undefined) return undefined;
  if (held.__date !== undefined) return new Date(held.__date);
  return held.__luxon === undefined ? value : DateTime.fromISO(held.__luxon, { setZone: true });
}

const kit = { value: <T>(raw: unknown) => ({ constant: true, at: () => raw as T }) };
const scope = { itemIndex: 0, zone: 'America/New_York' } as Scope;

describe.skipIf(!existsSync(folder))('recorded n8n filter cases (absent without ../shared/data)', () => {
  it('[CND1] filters decide as recorded', ({ expect }) => {
    const wrong: string[] = [];
    const cases = read('filter-parameter.json');
    for (const { name, input, matcher, expected } of cases) {
      let got: unknown;
      try {
        got = compileConditions(kit, input[0])(scope);
      } catch (error) {
        got = (error as Error).message;
      }
      const ok = matcher === 'toThrowError' ? String(got).includes(String(expected)) : got === expected;
      if (!ok) wrong.push(`${name} ${JSON.stringify(input)}: ${String(got)} instead of ${String(expected)}`);
    }
    expect(wrong).toEqual([]);
    expect(cases.length).toBeGreaterThan(100);
  });

  it('[CND2] values convert as recorded', ({ expect }) => {
    const wrong: string[] = [];
    const cases = read('type-validation.json');
    for (const { name, input, expected } of cases) {
      const [, value, type, options] = input;
      const got = convertTo(value, String(type), (options ?? {}) as ConvertOptions);
      const want = expected as { valid: boolean; newValue?: { __any?: string } };
      // Moments stay text: JSON has no dates.
      const isMoment = want.newValue?.__any === '_DateTime';
      const same = got.ok && (isMoment || JSON.stringify(got.value) === JSON.stringify(want.newValue));
      if (want.valid !== undefined && got.ok !== want.valid) wrong.push(`${name} ${JSON.stringify(input)}`);
      else if (got.ok && !same) wrong.push(`${name} ${JSON.stringify(input)}: ${JSON.stringify(got)}`);
    }
    expect(wrong).toEqual([]);
    expect(cases.length).toBeGreaterThan(40);
  });
});
