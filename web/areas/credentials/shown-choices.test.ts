import { describe, it } from 'vitest';
import { shownChoices } from './shown-choices.ts';

const people = (count: number) => Array.from({ length: count }, (_, at) => ({ id: `u${at}`, text: `Person ${at}` }));
const idsOf = (...given: Parameters<typeof shownChoices>): string[] => shownChoices(...given).map(({ id }) => id);

describe('who may be chosen', () => {
  it('is everybody in a small organisation, in their order', ({ expect }) => {
    expect(idsOf(people(3), ['u2'], 'nobody')).toEqual(['u0', 'u1', 'u2']);
  });

  it('is who is chosen, and a dozen of whom somebody looks for, in a large one', ({ expect }) => {
    expect(idsOf(people(10_000), ['u9000', 'gone'], 'PERSON 9999 ')).toEqual(['u9000', 'u9999']);
    expect(idsOf(people(10_000), ['u7'], '')).toHaveLength(13);
    expect(idsOf(people(10_000), [], 'nobody')).toEqual([]);
  });
});
