import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it } from 'vitest';
import { ADVISORIES } from './advisories.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const LIST = resolve(ROOT, '../shared/data/sets/advisories.csv');

describe('published weaknesses of products like ours', () => {
  it('each have cases that exist, or a reason why there can be none', ({ expect }) => {
    const missing = ADVISORIES.flatMap(({ ids, cases, absent }) => {
      if (cases.length === 0) return (absent ?? '').length > 20 ? [] : [`${ids}: neither cases nor a reason`];
      return cases.flatMap(({ file, says }) => {
        const path = resolve(ROOT, file);
        if (!existsSync(path)) return [`${ids}: there is no ${file}`];
        return readFileSync(path, 'utf8').includes(says) ? [] : [`${ids}: ${file} does not say ${says}`];
      });
    });
    expect(missing).toEqual([]);
    expect(new Set(ADVISORIES.map(({ ids }) => ids)).size).toBe(ADVISORIES.length);
  });

  it.skipIf(!existsSync(LIST))('are all of the list (skipped: the shared list is not at hand)', ({ expect }) => {
    const rows = readFileSync(LIST, 'utf8').trim().split('\n').slice(1);
    const listed = rows.map((row) => row.slice(0, row.indexOf(',')));
    expect(listed.length).toBeGreaterThan(100);
    const known = new Set(ADVISORIES.map(({ ids }) => ids));
    expect(listed.filter((ids) => !known.has(ids))).toEqual([]);
    expect([...known].filter((ids) => !listed.includes(ids))).toEqual([]);
  });
});
