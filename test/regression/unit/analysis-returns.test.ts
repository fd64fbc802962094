import { describe, it } from 'vitest';
import { analyze } from '../../../core/expression/index.ts';

describe('[EXP40] a function that may return what is not known', () => {
  // Found by fuzzing: the other return was taken for the only one, so a read went unseen.
  it.for([
    '$json[(() => { try { return DateTime } catch (x) { return "a" } })()]',
    '$json[(() => { if ($itemIndex) return $now.toISO(); return "a" })()]',
    '$vars[(() => { for (const x of [1]) { return String(x) } return "a" })()]',
    '$("A").first().json[(() => { switch (1) { case 1: return Math.max(1); default: return "a" } })()]',
  ])('%s is dynamic', (code, { expect }) => {
    expect(analyze(`={{ ${code} }}`).dynamic.length).toBeGreaterThan(0);
  });

  it('one that returns known names only is not', ({ expect }) => {
    const { fields, dynamic } = analyze('={{ $json[(() => { if ($itemIndex) { return "b" } return "a" })()] }}');
    expect([fields.toSorted(), dynamic]).toEqual([['a', 'b'], []]);
  });
});

/** Found by seed 1170257106: the list itself came back, and joining it read its items as texts. */
it('[EXP42] a function given to a method that takes none hides nothing of the list', ({ expect }) => {
  const { reads } = analyze('={{ $json.a + [$json].valueOf((x) => "a") }}');
  expect(reads.map(({ of, path }) => [of, path])).toContainEqual(['json', []]);
});
