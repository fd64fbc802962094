import { describe, it } from 'vitest';
import { chosenOf, pointerTo, pointerToMember } from './kind.ts';

describe('how forms name things', () => {
  it('points at paths, and at members whose names have dots', ({ expect }) => {
    expect(pointerTo('/a', 'b.c')).toBe('/a/b/c');
    expect(pointerToMember('/a', 'b.c/d~e')).toBe('/a/b.c~1d~0e');
  });

  it('knows what a locator chose by its id, and not what is named or computed', ({ expect }) => {
    expect(['w1', { __rl: true, mode: 'id', value: 'w1' }].map(chosenOf)).toEqual(['w1', 'w1']);
    const unknown = [undefined, { mode: 'name', value: 'Mine' }, '={{ $json.w }}', { mode: 'id', value: '={{ 1 }}' }];
    expect(unknown.map(chosenOf)).toEqual(['', '', '', '']);
  });
});
