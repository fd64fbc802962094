import { describe, it } from 'vitest';
import type { JsonObject } from '../data/item.ts';
import { rememberJsonText } from '../data/json-text.ts';
import { putLate } from '../data/late-json.ts';
import { withoutPlaceholders } from './placeholder.ts';

const one = `millrace-secret.production.TOKEN.${'0a'.repeat(16)}`;

describe('[ENV10] placeholders from outside', () => {
  it('are taken out wherever they stand', ({ expect }) => {
    const given = JSON.parse(`{"a":["x ${one} y",1,null],"${one}":{"__proto__":"${one}"}}`) as never;
    expect(JSON.stringify(withoutPlaceholders(given))).toBe(
      '{"a":["x [secret] y",1,null],"[secret]":{"__proto__":"[secret]"}}',
    );
  });

  it('are found in a large body that is not parsed yet, also escaped, and without any it stays so', ({ expect }) => {
    const hook = (inside: string): JsonObject => {
      const json: JsonObject = {};
      const body = `{"pad":"${'x'.repeat(5_000)}","a":"${inside}"}`;
      putLate(json, 'body', body);
      rememberJsonText(json, `{"body":${body}}`);
      return json;
    };
    for (const text of [one, one.replace('m', String.raw`\u006d`)]) {
      expect(JSON.stringify(withoutPlaceholders([{ json: hook(text) }]))).toContain('"a":"[secret]"');
    }
    const clean = hook('y');
    expect(withoutPlaceholders([{ json: clean }])[0]?.json).toBe(clean);
    expect(Object.getOwnPropertyDescriptor(clean, 'body')?.get).toBeDefined();
  });

  it('leave everything else as it is', ({ expect }) => {
    const given = { a: ['millrace-secret', { b: 'millrace' }], c: 1 };
    expect(withoutPlaceholders(given)).toBe(given);
  });
});
