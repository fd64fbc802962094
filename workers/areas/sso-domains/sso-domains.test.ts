import { describe, it } from 'vitest';
import { apiFor } from '../../kit/testing.ts';
import { readDomain } from '../../domains/name.ts';
import { proofOf, recordName, recordValue } from '../../domains/proof.ts';
import { organization } from '../../sso/testing.ts';

describe('domains', () => {
  it('[SSO1] are claimed by many and held by one', async ({ expect }) => {
    const first = await apiFor('dom-first');
    const made = await first('POST /v1/sso-domains', { body: { domain: 'Bücher.example.' } });
    expect(made).toMatchObject({
      status: 201,
      body: {
        domain: 'xn--bcher-kva.example',
        verifiedAt: null,
        dns: { name: '_millrace.xn--bcher-kva.example', type: 'TXT' },
      },
    });
    const target = { params: { id: 'xn--bcher-kva.example' } };
    expect((await first('PATCH /v1/sso-domains/{id}', { ...target, body: { enforced: true } })).body).toMatchObject({
      code: 'domain-unproven',
    });
    await organization('dom-second', 'xn--bcher-kva.example');
    expect(
      (await (await apiFor('dom-third'))('POST /v1/sso-domains', { body: { domain: 'bücher.example' } })).body,
    ).toMatchObject({ code: 'domain-taken' });
    expect((await first('DELETE /v1/sso-domains/{id}', target)).status).toBe(204);
    expect((await first('GET /v1/sso-domains/{id}', target)).status).toBe(404);
  });

  it('are names that mail goes to', ({ expect }) => {
    for (const text of [
      'localhost',
      '127.0.0.1',
      '[::1]',
      'a b.example',
      'http://x.example',
      'x.example/',
      'x.example:80',
      'user@x.example',
      '-x.example',
      'x..example',
      '',
      '.',
      'x.1',
      '0x7f.1',
      'x_y.example',
      `${'a'.repeat(64)}.example`,
    ]) {
      expect(readDomain(text), text).toBeUndefined();
    }
    expect(readDomain(' EXAMPLE.com. ')).toBe('example.com');
  });

  it('[SSO2] are shown by a record or a file of exactly the token', async ({ expect }) => {
    const asked: string[] = [];
    const proof = (answers: Record<string, Response | undefined>) =>
      proofOf('example.com', 'tok', {
        resolver: 'https://dns.example/q',
        egress: {
          connect: () => Promise.reject(new Error('no sockets')),
          fetch: (_, url) => {
            asked.push(url);
            return Promise.resolve(answers[new URL(url).hostname]?.clone() ?? new Response('', { status: 404 }));
          },
        },
      });
    const record = (data: string, name = recordName('example.com'), type = 16) =>
      Response.json({
        Answer: [
          { name: 'x', type: 5, data: 'y' },
          { name, type, data },
        ],
      });
    const value = recordValue('tok');
    expect(await proof({ 'dns.example': record(`"${value}"`) })).toBe('dns');
    expect(await proof({ 'dns.example': record('"millrace-" "verification=tok"') })).toBe('dns');
    expect(await proof({ 'example.com': new Response(`${value}\n`) })).toBe('https');
    expect(asked).toContain('https://example.com/.well-known/millrace-verification.txt');
    const nothing: Record<string, Response>[] = [
      {},
      { 'dns.example': record(`"${value}x"`) },
      { 'dns.example': record(`"${value}"`, '_millrace.evil.example') },
      { 'dns.example': record(`"${value}"`, recordName('example.com'), 5) },
      { 'dns.example': new Response('rubbish') },
      { 'dns.example': Response.json({ Answer: null }) },
      { 'example.com': new Response(`<p>${value}</p>`) },
      { 'example.com': new Response(value, { status: 500 }) },
      { 'example.com': new Response(null, { status: 302, headers: { location: 'https://evil.example/' } }) },
    ];
    for (const answers of nothing) expect(await proof(answers), JSON.stringify(Object.keys(answers))).toBeUndefined();
    const local = await proofOf('localhost.example', 'tok', {
      egress: { connect: () => Promise.reject(new Error()), fetch: () => Promise.reject(new Error('no')) },
    });
    expect(local).toBeUndefined();
  });
});
