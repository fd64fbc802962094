import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DateTime } from 'luxon';
import { describe, it } from 'vitest';
import { compileTemplate } from './index.ts';
import { testScope } from './testing.ts';
import type { JsonObject } from '../data/item.ts';

const folder = path.resolve('..', 'shared', 'data', 'n8n', 'expressions');

interface Case {
  name?: string;
  expression: string;
  input: JsonObject[] | { __undefined: true };
  output?: unknown;
  matcher?: string;
  expected?: unknown;
}

const load = (file: string): Case[] =>
  existsSync(path.join(folder, file)) ? (JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Case[]) : [];

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
      .map(([k, v]) => [k, plain(v)]),
  );
}

describe.skipIf(!existsSync(folder))('n8n fixtures (skipped when ../shared/data/n8n/expressions is absent)', () => {
  load('base-fixtures.json').forEach(({ expression, input, output }, i) => {
    it(`[EXP1] base ${i}: ${expression.slice(0, 80)}`, ({ expect }) => {
      const value = compileTemplate(expression).at(testScope({ json: Array.isArray(input) ? input : [] }));
      expect(plain(value)).toEqual(output);
    });
  });

  for (const kind of ['array', 'boolean', 'date', 'number', 'object', 'string', 'expression']) {
    const file = kind === 'expression' ? 'expression-extension.json' : `${kind}-extensions.json`;
    load(file).forEach(({ expression, matcher, expected }, i) => {
      it(`[EXP30] ${kind} ${i}: ${expression.slice(0, 100)}`, ({ expect }) => {
        const run = (): unknown => compileTemplate(expression).at(testScope());
        if (matcher === 'toThrow') {
          const message =
            typeof expected === 'object' && expected !== null ? (expected as { __error?: string }).__error : undefined;
          return message === undefined ? expect(run).toThrow() : expect(run).toThrow(message);
        }
        const value = run();
        if (matcher === 'toBeDefined') return expect(value).toBeDefined();
        if (matcher === 'toBeUndefined') return expect(value).toBeUndefined();
        if (matcher === 'toBeNaN') return expect(value).toBeNaN();
        if (matcher === 'toBeInstanceOf') return expect(value).toBeInstanceOf(DateTime);
        const contains = (expected as { __arrayContaining?: unknown[] } | null)?.__arrayContaining;
        if (contains) return expect(plain(value)).toEqual(expect.arrayContaining(contains));
        // A recorded null also stands for undefined and NaN, which JSON does not have.
        if (expected === null) return expect(value ?? null).toBeNull();
        return expect(plain(value)).toEqual(expected);
      });
    });
  }
});
