import { describe, it } from 'vitest';
import { maskOf } from '../../../workers/executor/credentials.ts';

/** Found by following a secret of every type: a server that repeats a JSON body inside its JSON answer. */
describe('[HTE8] a secret that a server repeats', () => {
  it('is masked however it is written', ({ expect }) => {
    const secret = 'a"b\\c/+=& d7f3';
    const mask = maskOf([secret]);
    const body = JSON.stringify({ token: secret });
    const all = `x ${secret} é`;
    const base64 = (before: string): string => Buffer.from(`${before}${secret}tail`).toString('base64');
    const written = [
      secret,
      body,
      JSON.stringify({ body }),
      encodeURIComponent(secret),
      new URLSearchParams({ secret }).toString(),
      Buffer.from(all).toString('hex'),
      Buffer.from(all).toString('hex').toUpperCase(),
      [...all].reverse().join(''),
      ...['', 'a', 'ab', 'abc', 'user:'].map(base64),
      ...['', 'a', 'ab'].map((before) => base64(before).replaceAll('+', '-').replaceAll('/', '_')),
    ];
    for (const text of written) expect(mask(text), text).toContain('[secret]');
    expect(mask('nothing here')).toBe('nothing here');
  });
});
