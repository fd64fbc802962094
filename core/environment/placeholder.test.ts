import { describe, it } from 'vitest';
import { withoutPlaceholders } from './placeholder.ts';

const one = `millrace-secret.production.TOKEN.${'0a'.repeat(16)}`;

describe('[ENV10] placeholders from outside', () => {
  it('are taken out wherever they stand', ({ expect }) => {
    const given = JSON.parse(`{"a":["x ${one} y",1,null],"${one}":{"__proto__":"${one}"}}`) as never;
    expect(JSON.stringify(withoutPlaceholders(given))).toBe(
      '{"a":["x [secret] y",1,null],"[secret]":{"__proto__":"[secret]"}}',
    );
  });

  it('leave everything else as it is', ({ expect }) => {
    const given = { a: ['millrace-secret', { b: 'millrace' }], c: 1 };
    expect(withoutPlaceholders(given)).toBe(given);
  });
});
