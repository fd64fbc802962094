import { describe, it } from 'vitest';
import { MAX_WISHES } from '../../../code-host/isolate.ts';
import type { Wish } from '../../../code-host/prelude/outside.ts';
import { fakePorts, LOCAL } from '../../testing/fakes.ts';
import { Grants, MAX_CALL_CHARS } from './wishes.ts';

interface Network {
  grants: Grants;
  urls: string[];
  mostAtOnce(): number;
}

/** Grants over a network that answers everything with `bytes` bytes, a little later. */
function grantsOver(bytes = 2, tookMs = 5): Network {
  const ports = fakePorts();
  const urls: string[] = [];
  let running = 0;
  let most = 0;
  ports.egress.fetch = async (_target, url) => {
    urls.push(url);
    most = Math.max(most, ++running);
    await new Promise((done) => setTimeout(done, tookMs));
    running--;
    return new Response('x'.repeat(bytes));
  };
  const effect = { kind: 'code', class: 'unsafe' as const, payload: {} };
  const grants = new Grants({ tenant: 'acme', effect, key: 'k', policy: LOCAL }, ports, true);
  return { grants, urls, mostAtOnce: () => most };
}

const ask = (url: string): string =>
  JSON.stringify({ kind: 'http', method: 'GET', url, headers: [], follow: true } satisfies Wish);

describe('grants', () => {
  it('[COD13] does nothing twice when the call runs again, but what it asks for twice', async ({ expect }) => {
    const { grants, urls } = grantsOver();
    const attempt = async (): Promise<void> => {
      grants.restart();
      for (const path of ['a', 'a', 'b']) await grants.answer(ask(`http://127.0.0.1/${path}`));
    };
    await attempt();
    await attempt();
    expect(urls).toEqual(['http://127.0.0.1/a', 'http://127.0.0.1/a', 'http://127.0.0.1/b']);
    await grants.answer(ask('http://127.0.0.1/a'));
    expect(urls).toHaveLength(4);
  });

  it('[COD16] makes six requests at a time, and so many at most', async ({ expect }) => {
    const { grants, urls, mostAtOnce } = grantsOver();
    const asked = Array.from({ length: MAX_WISHES + 1 }, (_, n) => grants.answer(ask(`http://127.0.0.1/${n}`)));
    const answers = await Promise.all(asked);
    expect([mostAtOnce(), urls.length]).toEqual([6, MAX_WISHES]);
    expect(JSON.parse(answers.at(-1) ?? '')).toMatchObject({ ok: false, error: { code: 'too-many-requests' } });
    expect(JSON.parse(answers[0] ?? '')).toMatchObject({ ok: true, value: { status: 200 } });
  });

  it('[COD16] moves so many characters at most', async ({ expect }) => {
    const { grants } = grantsOver(6 * 1024 * 1024);
    const codes: unknown[] = [];
    for (let n = 0; n < 5; n++) {
      const answer = JSON.parse(await grants.answer(ask(`http://127.0.0.1/${n}`))) as { error?: { code: string } };
      codes.push(answer.error?.code);
    }
    expect(codes).toEqual([undefined, undefined, undefined, 'file-too-large', 'file-too-large']);
    const large = JSON.stringify({ kind: 'write', data: 'x'.repeat(MAX_CALL_CHARS), mimeType: 'a/b' } satisfies Wish);
    expect(await grants.answer(large)).toContain('file-too-large');
  });

  it('[COD20] ends what code asked for and did not wait for, in time', async ({ expect }) => {
    const { grants, urls } = grantsOver();
    const asked = Array.from({ length: 10 }, (_, n) => grants.answer(ask(`http://127.0.0.1/${n}`)));
    await grants.end(10_000);
    expect(urls).toHaveLength(10);
    for (const text of await Promise.all(asked)) expect(text).toContain('"status":200');

    const slow = grantsOver(2, 1_000);
    const late = Array.from({ length: 10 }, (_, n) => slow.grants.answer(ask(`http://127.0.0.1/${n}`)));
    await slow.grants.end(20);
    expect(slow.urls).toHaveLength(6);
    for (const text of await Promise.all(late)) expect(text).toContain('"code":"timeout"');
  });

  it('[COD12] refuses what is no wish, and files of others', async ({ expect }) => {
    const { grants } = grantsOver();
    const codes = [];
    for (const text of [
      'nonsense',
      JSON.stringify({ kind: 'read', file: { mimeType: 'a/b', id: '../../t/other/bin/0123456789abcdef' } }),
      JSON.stringify({ kind: 'read', file: { mimeType: 'a/b', id: '0123456789abcdef' } }),
      JSON.stringify({ kind: 'write', data: 'A'.repeat(12 * 1024 * 1024), mimeType: 'a/b' }),
      JSON.stringify({ kind: 'http', method: 'GET', url: 'http://x', headers: [['a', 'b\r\nc']], follow: true }),
    ]) {
      codes.push((JSON.parse(await grants.answer(text)) as { error?: { code: string } }).error?.code);
    }
    expect(codes).toEqual(['code-error', 'file-missing', 'file-missing', 'file-too-large', 'egress-refused']);
  });
});
