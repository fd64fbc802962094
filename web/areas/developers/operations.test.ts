import { describe, it } from 'vitest';
import { areasIn, filledWith } from './operations.ts';

const EXAMPLE = {
  to: { kind: 'service', id: '{service-accounts}' },
  in: ['{projects}', 1, null],
  text: 'not {projects}',
};

describe('an example of a body', () => {
  it('names areas of what the reader has', ({ expect }) => {
    expect(areasIn(EXAMPLE)).toEqual(['service-accounts', 'projects']);
    expect(areasIn(undefined)).toEqual([]);
  });

  it('has the ids there are, and keeps what nothing is known of', ({ expect }) => {
    expect(filledWith(EXAMPLE, new Map([['projects', 'prj_1']]))).toEqual({
      to: { kind: 'service', id: '{service-accounts}' },
      in: ['prj_1', 1, null],
      text: 'not {projects}',
    });
    expect(filledWith(JSON.parse('{"__proto__": "{projects}"}'), new Map([['projects', 'p']]))).toEqual(
      JSON.parse('{"__proto__": "p"}'),
    );
  });
});
