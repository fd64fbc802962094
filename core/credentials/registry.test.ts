import { describe, it } from 'vitest';
import { readDomain } from './domains.ts';
import { CREDENTIAL_TYPES } from './registry.generated.ts';

describe('[CRD8] credential types', () => {
  it('have names of their own, and fields of theirs', ({ expect }) => {
    const names = CREDENTIAL_TYPES.map(({ type }) => type);
    expect(new Set(names).size).toBe(names.length);
    for (const { type, fields } of CREDENTIAL_TYPES) {
      expect(new Set(fields.map(({ name }) => name)).size, type).toBe(fields.length);
      expect(
        fields.some((field) => field.secret),
        type,
      ).toBe(true);
    }
  });

  it('hide what sounds like a secret, and sign with fields there are, to domains there can be', ({ expect }) => {
    for (const { type, fields, sign, domains = [] } of CREDENTIAL_TYPES) {
      const open = fields.filter((field) => !field.secret).map(({ name }) => name);
      expect(
        open.filter((name) => /password|secret|passphrase|apiKey|token$|private/i.test(name)),
        type,
      ).toEqual([]);
      const texts = [...Object.values(sign?.headers ?? {}), ...Object.values(sign?.query ?? {})];
      const used = [
        ...texts.flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)),
        ...(sign?.basic ?? []),
      ];
      const known = fields.map(({ name }) => name);
      for (const name of used) expect(known, type).toContain(name);
      const whole = domains.map((domain) => domain.replaceAll(/\{(\w+)\}/g, 'acme'));
      expect(whole.map(readDomain), type).toEqual(whole);
    }
  });
});
