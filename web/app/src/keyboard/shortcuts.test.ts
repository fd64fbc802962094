import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it } from 'vitest';
import { keyboardTexts } from './texts.ts';

const GUIDE = readFileSync(resolve(import.meta.dirname, '../../../../docs/guide/keyboard.md'), 'utf8').replaceAll(
  '+',
  ' ',
);
const LISTED = keyboardTexts.en.groups.flatMap(({ shortcuts }) => shortcuts);
const KEYS = new Set(LISTED.map(([keys]) => keys));
const SENTENCES = LISTED.map(([, does]) => does).join('\n');

describe('the shortcuts that ? lists', () => {
  it('are all in the guide', ({ expect }) => {
    // it calls the arrows by their name
    const named = [...KEYS].filter((keys) => !keys.includes('←'));
    expect(named.filter((keys) => !GUIDE.includes(`\`${keys}\``))).toEqual([]);
  });

  it('are all that the tables of the guide have', ({ expect }) => {
    const firsts = GUIDE.split('\n').map((line) => line.split('|')[1] ?? '');
    const inTables = firsts.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, keys = '']) => keys));
    expect(inTables).toContain('Shift F10');
    // "with Shift…" and "Ctrl X cuts" are said in the line of the key beside it
    const isListed = (keys: string): boolean =>
      KEYS.has(keys) || KEYS.has(keys.replace('Shift ', '')) || (keys.includes(' ') && SENTENCES.includes(keys));
    expect(inTables.filter((keys) => !isListed(keys))).toEqual([]);
  });

  it('are as many in every language', ({ expect }) => {
    const counts = Object.values(keyboardTexts).map(({ groups }) => groups.map(({ shortcuts }) => shortcuts.length));
    expect(counts[1]).toEqual(counts[0]);
  });
});
