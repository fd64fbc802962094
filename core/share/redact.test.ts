import { describe, it } from 'vitest';
import type { Json } from '../data/item.ts';
import { HIDDEN, redacted, redactText } from './redact.ts';

const of = (value: Json) => JSON.parse(redacted(value, 100_000)) as Json;

describe('[SHR3] what is hidden', () => {
  it('is what its key says to be secret', ({ expect }) => {
    expect(
      of({
        headers: { Authorization: 'x', 'X-Api-Key': 'y', cookie: 'a=b', accept: '*/*' },
        clientSecret: { deep: ['z'] },
        db_password: 7,
        hasPassword: true,
        token: null,
        name: 'Ada',
      }),
    ).toEqual({
      headers: { Authorization: HIDDEN, 'X-Api-Key': HIDDEN, cookie: HIDDEN, accept: '*/*' },
      clientSecret: HIDDEN,
      db_password: HIDDEN,
      hasPassword: true,
      token: null,
      name: 'Ada',
    });
  });

  it('is what its form says to be secret, wherever it stands', ({ expect }) => {
    for (const text of [
      'go to https://x.test/waiting/acme/run_0_1_2/abcDEF_-123456789012 now',
      'Authorization: Bearer abcdefghijkl',
      'eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl',
      '-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----',
      'key sk-proj-0123456789abcdef',
      'AKIAABCDEFGHIJKLMNOP',
      'https://x.test/?a=1&access_token=abc&b=2',
      'postgres://ann:pass@db.test/x',
    ]) {
      const clean = redactText(text, 1_000);
      expect(clean, text).toContain(HIDDEN);
      expect(clean).not.toMatch(/abc|eyJ|0123|ABCDE|ann:pass/);
    }
    expect(redactText('Ada paid 12.5 for a train, see https://x.test/?page=2', 1_000)).not.toContain(HIDDEN);
  });

  it('keeps odd names, and is bounded in size and time', ({ expect }) => {
    const odd = JSON.parse('{"__proto__":{"password":"p"},"toString":1}') as Json;
    expect(redacted(odd, 1_000)).toBe(`{\n  "__proto__": {\n    "password": "${HIDDEN}"\n  },\n  "toString": 1\n}`);
    expect(redacted('x'.repeat(1_000_000), 100).length).toBeLessThanOrEqual(101);
    const startMs = performance.now();
    for (const piece of ['Bearer ', 'eyJ', '?token', '://a:', '-----BEGIN ', '/waiting/']) {
      redactText(piece.repeat(20_000), 1_000_000);
    }
    expect(performance.now() - startMs).toBeLessThan(3_000);
  });
});
