import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'vitest';
import { JOURNAL_FORMAT } from '../../core/engine/events.ts';
import { replay } from '../../core/engine/replay.ts';
import { CASES } from './cases.ts';
import { type Golden, goldenOf, hashOf, programOf, replayed, view } from './golden.ts';

const folder = new URL('fixtures/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
const read = (name: string): Golden => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Golden;

describe('golden journals', () => {
  it('[P10] there is one of every case', ({ expect }) => {
    expect(names.toSorted()).toEqual(
      Object.keys(CASES)
        .map((name) => `${name}.json`)
        .toSorted(),
    );
  });

  for (const name of names) {
    it(`[P10] ${name} replays to what it was`, ({ expect }) => {
      const golden = read(name);
      expect(golden.format).toBeLessThanOrEqual(JOURNAL_FORMAT);
      expect(hashOf(golden.seen)).toBe(golden.sha256);
      expect(view(replayed(golden))).toEqual(golden.seen);
    });

    it(`[P10] ${name} replays from every beginning of it`, ({ expect }) => {
      const golden = read(name);
      const program = programOf(golden);
      for (let length = 1; length <= golden.events.length; length++) {
        expect(() => replay(golden.id, program, golden.events.slice(0, length))).not.toThrow();
      }
      expect(() => replay(golden.id, program, golden.events.slice(1))).toThrow('does not begin with "start"');
    });
  }

  for (const [name, { title, record }] of Object.entries(CASES)) {
    it(`[P10] ${name} is decided today as when it was recorded`, async ({ expect }) => {
      const { run, events } = await record();
      const now = goldenOf(title, run, events);
      // ids and dates come from the same virtual world, so all of it is the same
      expect(now.seen).toEqual(read(`${name}.json`).seen);
    });
  }
});
