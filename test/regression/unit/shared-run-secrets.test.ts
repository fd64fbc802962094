import { describe, it } from 'vitest';
import { redacted, redactText } from '../../../core/share/redact.ts';

describe('what a shared run shows', () => {
  it('[SHR3] takes time in proportion to its text, whatever the text', ({ expect }) => {
    const startedAt = performance.now();
    for (const piece of [
      'eyJ-',
      'eyJ-.aaaa.aaa',
      'aaaa.',
      '"token":"\\',
      'Bearer ',
      '-----BEGIN PRIVATE KEY-----',
      '&token',
      '://:',
    ]) {
      redactText(piece.repeat(50_000), 1_000_000);
    }
    expect(redactText(`"token":"${'a'.repeat(10_000_000)}`, 10_000_000)).toBe('"token":"[hidden]"');
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('[SHR3] hides secrets whose form was not known: keys with headers, addresses without a user, JSON in a text', ({
    expect,
  }) => {
    for (const text of [
      '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\ncanary\n-----END RSA PRIVATE KEY-----',
      '-----BEGIN PGP PRIVATE KEY BLOCK-----\n\ncanary\n-----END PGP PRIVATE KEY BLOCK-----',
      'redis://:canary@cache.test/0',
      'https://app.test/back#access_token=canary',
      'Approve: https://app.test/waiting/acme/run_0_1_1/3.canary',
      'the answer was {"user":"ann","clientSecret" : "a\\"canary","ok":true}',
    ]) {
      expect(redactText(text, 1_000)).not.toContain('canary');
    }
    expect(redacted({ body: '{"password":"canary"}' }, 1_000)).not.toContain('canary');
    expect(redactText('id-eyJhbGciOiJI.eyJzdWIi.canary', 1_000)).toBe('id-[hidden]');
    expect(redactText('the answer was {"user":"ann","hasToken":true}', 1_000)).toContain(
      '"user":"ann","hasToken":true',
    );
  });

  it('[SHR3] hides a secret that the end of what is shown cuts', ({ expect }) => {
    const jwt = `eyJhbGciOiJI.${'c'.repeat(600)}.${'s'.repeat(43)}`;
    expect(redacted(`${'x '.repeat(490)}${jwt}`, 1_000)).not.toMatch(/eyJ|ccc/);
  });
});
