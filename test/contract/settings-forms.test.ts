import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'vitest';
import { z } from 'zod';
import { bare, type Schema, variantsOf } from '../../web/areas/settings/schema/schema.ts';
import { de } from '../../web/areas/settings/text/de.ts';
import { en } from '../../web/areas/settings/text/en.ts';
import { everyRoute } from '../served/contracts.ts';

const SETTINGS = resolve(import.meta.dirname, '../../web/areas/settings');
/** Credentials have a dialog of their own. */
const OWN = /^(POST|PUT) \/v1\/credentials/;

/** The endpoints whose schemas forms of the settings are made of. */
const endpoints = (): string[] =>
  readdirSync(SETTINGS, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.name.endsWith('.tsx'))
    .flatMap((entry) => [
      ...readFileSync(join(entry.parentPath, entry.name), 'utf8').matchAll(
        /(?:key: '|write=")((?:POST|PUT|PATCH) [^'"]+)/g,
      ),
    ])
    .flatMap(([, key = '']) => (OWN.test(key) ? [] : [key]));

interface Said {
  labels: Set<string>;
  choices: Set<string>;
  /** By the name of the field. */
  descriptions: Map<string, string>;
}

function read(given: Schema, said: Said): void {
  const { schema } = bare(given);
  const variants = variantsOf(schema);
  if (variants) said.labels.add(variants.by);
  for (const option of variants?.options ?? []) said.choices.add(option);
  for (const shape of variants?.options.map((option) => variants.of(option) ?? {}) ?? [schema]) {
    for (const [name, field] of Object.entries(shape.properties ?? {})) {
      const inner = bare(field).schema;
      if (inner.const !== undefined || name === variants?.by) continue;
      said.labels.add(name);
      const description = field.description ?? inner.description;
      // moments are drawn as such
      if (description !== undefined && !description.startsWith('Epoch')) said.descriptions.set(description, name);
      for (const option of inner.enum ?? []) said.choices.add(option);
      read(field, said);
    }
  }
  if (schema.items) read(schema.items, said);
}

describe('[REF9] forms of the settings', () => {
  it('have a label, a choice and a description in both languages for all that contracts say', async ({ expect }) => {
    const said: Said = { labels: new Set(), choices: new Set(), descriptions: new Map() };
    const routes = await everyRoute();
    for (const key of endpoints()) {
      const found = routes.find(({ route }) => `${route.method} ${route.path}` === key);
      expect(found, key).toBeDefined();
      if (!found?.route.body) continue;
      // SAFETY: contracts erase their schemas; all of them are Zod's
      const body = found.route.body as unknown as z.ZodType;
      read(z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' }) as Schema, said);
    }
    expect(said.labels.size).toBeGreaterThan(40);
    expect(said.descriptions.size).toBeGreaterThan(20);
    const without = (words: Readonly<Record<string, string>>, names: Iterable<string>): string[] =>
      [...names].filter((name) => !Object.hasOwn(words, name));
    for (const texts of [en, de]) {
      expect(without(texts.labels, said.labels)).toEqual([]);
      expect(without(texts.choices, said.choices)).toEqual([]);
    }
    const told = [...said.descriptions].filter(([, name]) => !Object.hasOwn(de.helps, name)).map(([text]) => text);
    expect(without(de.descriptions, told)).toEqual([]);
    expect(Object.keys(de.descriptions).filter((text) => !said.descriptions.has(text))).toEqual([]);
  });
});
