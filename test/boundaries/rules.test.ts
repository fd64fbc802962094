import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..', '..');
const SOURCES = '{core,durable-objects,workers,sdk,web,scripts,test}';
const read = (pattern: string) =>
  globSync(pattern, { cwd: ROOT }).map((file) => ({
    file,
    text: readFileSync(path.join(ROOT, file), 'utf8'),
  }));

/** Where a rule is written down: `- AUD1 …` or `| AUD1 | … |`. */
const RULE = /^(?:- |\| )([A-Z]{1,5}\d+)\b/gm;
const PROMISE = /^(P\d+) /gm;
/** How a test names what it proves: `[AUD1]`, `[SAM2, SAM3]`. */
const NAMES = /\[([A-Z]{1,5}\d+(?:, [A-Z]{1,5}\d+)*)\]/g;

const rules = new Map<string, string[]>();
for (const { file, text } of [...read(`${SOURCES}/**/SPEC*.md`), ...read('docs/design/architecture.md')]) {
  for (const [, id = ''] of text.matchAll(file.endsWith('architecture.md') ? PROMISE : RULE)) {
    rules.set(id, [...(rules.get(id) ?? []), file]);
  }
}

const named = new Map<string, string>();
for (const { file, text } of [...read(`${SOURCES}/**/*.test.ts`), ...read('test/**/*.ts')]) {
  for (const [, ids = ''] of text.matchAll(NAMES)) for (const id of ids.split(', ')) named.set(id, file);
}

describe('rules and the tests that prove them', () => {
  it('are each written down once', ({ expect }) => {
    expect(rules.size).toBeGreaterThan(700);
    expect([...rules].filter(([, files]) => files.length > 1)).toEqual([]);
  });

  it('are each named by a test', ({ expect }) => {
    expect([...rules.keys()].filter((id) => !named.has(id))).toEqual([]);
  });

  it('are written down where a test names them', ({ expect }) => {
    expect([...named].filter(([id]) => !rules.has(id))).toEqual([]);
  });
});
