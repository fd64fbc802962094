import { describe, it } from 'vitest';
import { pointerTo, pointerToMember, wordsOf } from './kind.ts';

describe('how forms name things', () => {
  it('reads options as words', ({ expect }) => {
    const read = ['onReceived', 'javaScript', 'oAuth2', 'httpBearerAuth', 'toJson', 'xlsx', 'GET', 'ISO-8601'].map(
      wordsOf,
    );
    expect(read).toEqual([
      'On received',
      'JavaScript',
      'OAuth2',
      'HTTP bearer auth',
      'To JSON',
      'XLSX',
      'GET',
      'ISO-8601',
    ]);
  });

  it('points at paths, and at members whose names have dots', ({ expect }) => {
    expect(pointerTo('/a', 'b.c')).toBe('/a/b/c');
    expect(pointerToMember('/a', 'b.c/d~e')).toBe('/a/b.c~1d~0e');
  });
});
