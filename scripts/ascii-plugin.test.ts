import { runInThisContext } from 'node:vm';
import { describe, it } from 'vitest';
import { escaped } from './ascii-plugin.ts';

const SOURCE = String.raw`({ text: 'ä€😀', template: ${'`→${1}`'}, pattern: /^[à-ü]+$/u.test('é'), astral: /^[😀-😂]$/u.test('😁'), größe: 1 })`;
const valueOf = (source: string): unknown => runInThisContext(source) as unknown;

describe('writing a bundle in ASCII', () => {
  it('leaves no other character and means the same', ({ expect }) => {
    expect(escaped(SOURCE)).toMatch(/^[\0-\x7f]+$/);
    expect(valueOf(escaped(SOURCE))).toEqual(valueOf(SOURCE));
    expect(valueOf(SOURCE)).toMatchObject({ text: 'ä€😀', pattern: true, astral: true });
  });
});
