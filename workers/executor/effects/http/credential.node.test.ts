import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { Json, JsonObject } from '../../../../core/data/item.ts';
import type { HttpCall, HttpReplyValue } from '../../../../core/http/request.ts';
import type { EffectReply } from '../../../../core/node/kit.ts';
import { perform } from '../../perform.ts';
import { fakePorts, LOCAL } from '../../testing/fakes.ts';
import { answerChallenge, readChallenge } from './digest.ts';

const SECRET = 'p@ss wörd-"canary"';
let server: Server;
let other: Server;
let [base, elsewhere] = ['', ''];
let seen: { server: string; url: string; headers: IncomingMessage['headers']; body: string }[] = [];

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** Checks a digest answer the way a server does, from what the header says. */
function digestIsRight(request: IncomingMessage): boolean {
  const header = request.headers.authorization ?? '';
  const field = (name: string): string => new RegExp(`\\b${name}="?([^",]+)"?`).exec(header)?.[1] ?? '';
  const a1 = md5(`ada:shop:${SECRET}`);
  const a2 = md5(`${request.method}:${request.url}`);
  return (
    header.startsWith('Digest ') &&
    field('uri') === request.url &&
    field('response') === md5(`${a1}:n0nce:${field('nc')}:${field('cnonce')}:auth:${a2}`)
  );
}

function serve(name: string): Server {
  return createServer((request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (part: Buffer) => chunks.push(part));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      seen.push({ server: name, url: request.url ?? '', headers: request.headers, body });
      const path = new URL(request.url ?? '/', 'http://x').pathname;
      const json = (status: number, value: object): void =>
        void response
          .writeHead(status, { 'content-type': 'application/json', 'x-echo': request.headers.authorization ?? '' })
          .end(JSON.stringify(value));
      if (path === '/away') response.writeHead(307, { location: `${elsewhere}/end` }).end();
      else if (path === '/digest' && !digestIsRight(request)) {
        response.writeHead(401, {
          'www-authenticate': 'Basic realm="x", Digest realm="shop", nonce="n0nce", qop="auth"',
        });
        response.end();
      } else if (path === '/token') {
        const ok = request.headers.authorization === `Basic ${btoa('client:very-secret')}`;
        json(ok ? 200 : 401, ok ? { access_token: 'issued-token' } : { error: body });
      } else if (path === '/no') json(403, { got: request.headers.authorization });
      else json(200, { headers: request.headers, body, url: request.url });
    });
  });
}

beforeAll(async () => {
  [server, other] = [serve('first'), serve('second')];
  for (const each of [server, other]) await new Promise<void>((done) => each.listen(0, '127.0.0.1', done));
  [base, elsewhere] = [server, other].map((each) => `http://127.0.0.1:${(each.address() as AddressInfo).port}`) as [
    string,
    string,
  ];
});
afterAll(() => {
  server.close();
  other.close();
});

const OPTIONS = {
  format: 'autodetect',
  neverError: false,
  acceptStatuses: [],
  timeoutMs: 5_000,
  redirect: { follow: true, max: 5 },
  batch: { size: 0, intervalMs: 0 },
  delayMs: 0,
  continueOnFail: false,
};

async function ask(
  credential: { type: string; values: Record<string, string>; secrets: string[]; domains?: string[] },
  call: Partial<HttpCall> = {},
  count = 1,
): Promise<EffectReply> {
  const ports = fakePorts();
  const { type, values, secrets, domains } = credential;
  const ref: Json = ports.credentials.add(type, values, secrets, domains);
  const request = { itemIndex: 0, method: 'GET', url: `${base}/echo`, query: [], headers: [], ...call };
  const requests = Array.from({ length: count }, () => ({ ...request, credential: { type, ref } }));
  seen = [];
  const payload = { requests, options: OPTIONS, state: null } as unknown as JsonObject;
  const effect = { kind: 'http', class: 'idempotent' as const, payload };
  return perform({ tenant: 'acme', effect, key: 'k', policy: LOCAL }, ports);
}

const basic = { type: 'httpBasicAuth', values: { user: 'ada', password: SECRET }, secrets: ['password'] };
const header = (name: string) => ({ type: 'httpHeaderAuth', values: { name, value: SECRET }, secrets: ['value'] });
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('[HTE7] credentials', () => {
  it('basic, bearer, header and query stand where they belong', async ({ expect }) => {
    await ask(basic, { headers: [['Authorization', 'mine']] });
    expect(seen[0]?.headers.authorization).toBe(`Basic ${base64(`ada:${SECRET}`)}`);
    await ask({ type: 'httpBearerAuth', values: { token: 'abc' }, secrets: ['token'] });
    expect(seen[0]?.headers.authorization).toBe('Bearer abc');
    await ask({ type: 'httpHeaderAuth', values: { name: 'X-Shop', value: 'abc' }, secrets: ['value'] });
    expect(seen[0]?.headers['x-shop']).toBe('abc');
    await ask(
      { type: 'httpQueryAuth', values: { name: 'key', value: SECRET }, secrets: ['value'] },
      { query: [['a', '1']] },
    );
    expect(Object.fromEntries(new URL(seen[0]?.url ?? '', base).searchParams)).toEqual({ a: '1', key: SECRET });
  });

  it('custom adds headers, query and body fields', async ({ expect }) => {
    const json = JSON.stringify({ headers: { 'x-a': 'h' }, qs: { q: 7 }, body: { token: 't' } });
    const custom = { type: 'httpCustomAuth', values: { json }, secrets: ['json'] };
    await ask(custom, { method: 'POST', body: { kind: 'json', value: { own: true } } });
    expect(seen[0]).toMatchObject({ url: '/echo?q=7', headers: { 'x-a': 'h' }, body: '{"own":true,"token":"t"}' });
    await ask(custom, { method: 'POST', body: { kind: 'form', fields: [['own', '1']] } });
    expect(seen[0]?.body).toBe('own=1&token=t');
  });

  it('of a service sign as the type says, and leave the author the rest', async ({ expect }) => {
    const anthropic = { type: 'anthropicApi', values: { apiKey: SECRET }, secrets: ['apiKey'] };
    expect(JSON.stringify(await ask(anthropic))).not.toContain('canary');
    expect(seen[0]?.headers).toMatchObject({
      'x-api-key': expect.any(String) as string,
      'anthropic-version': '2023-06-01',
    });
    await ask(anthropic, { headers: [['Anthropic-Version', '2030-01-01']] });
    expect(seen[0]?.headers['anthropic-version']).toBe('2030-01-01');
    await ask({ type: 'openAiApi', values: { apiKey: 'k' }, secrets: ['apiKey'] });
    expect(seen[0]?.headers.authorization).toBe('Bearer k');
    expect(Object.keys(seen[0]?.headers ?? {})).not.toContain('openai-organization');
    await ask({ type: 'facebookGraphApi', values: { accessToken: 'a&b' }, secrets: ['accessToken'] });
    expect(seen[0]?.url).toBe('/echo?access_token=a%26b');
    const wordpress = { type: 'wordpressApi', values: { username: 'ada', password: SECRET }, secrets: ['password'] };
    expect(JSON.stringify(await ask(wordpress))).not.toContain(base64(`ada:${SECRET}`));
    expect(seen[0]?.headers.authorization).toBe(`Basic ${base64(`ada:${SECRET}`)}`);
    const smtp = { type: 'smtp', values: { host: 'x', password: SECRET }, secrets: ['password'] };
    expect(await ask(smtp)).toMatchObject({ ok: false, error: { code: 'credential-unsupported' } });
  });

  it('digest answers the challenge and never sends the password', async ({ expect }) => {
    const digest = { type: 'httpDigestAuth', values: { user: 'ada', password: SECRET }, secrets: ['password'] };
    const reply = await ask(digest, { url: `${base}/digest?a=1` });
    expect(reply.ok).toBe(true);
    expect(seen.map(({ headers }) => headers.authorization?.slice(0, 6))).toEqual([undefined, 'Digest']);
    expect(JSON.stringify(seen)).not.toContain('canary');
    expect(
      await ask({ ...digest, values: { user: 'ada', password: 'wrong' } }, { url: `${base}/digest` }),
    ).toMatchObject({
      ok: false,
      error: { code: 'http-status' },
    });
  });

  it('digest computes what RFC 7616 §3.9.1 prints', ({ expect }) => {
    const challenge = readChallenge(
      'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=SHA-256, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"',
    );
    const call = {
      method: 'GET',
      url: 'http://www.example.org/dir/index.html',
      user: 'Mufasa',
      password: 'Circle of Life',
      cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
    };
    expect(challenge && answerChallenge(challenge, call)).toContain(
      'response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"',
    );
  });

  it('OAuth2 asks for one token an effect', async ({ expect }) => {
    const values = {
      grantType: 'clientCredentials',
      accessTokenUrl: `${base}/token`,
      clientId: 'client',
      scope: 'a b',
    };
    const oauth = { type: 'oAuth2Api', values: { ...values, clientSecret: 'very-secret' }, secrets: ['clientSecret'] };
    expect((await ask(oauth, {}, 3)).ok).toBe(true);
    expect(seen.filter(({ url }) => url === '/token').map(({ body }) => body)).toEqual([
      'grant_type=client_credentials&scope=a+b',
    ]);
    expect(seen.filter(({ headers }) => headers.authorization === 'Bearer issued-token').length).toBe(3);
    const refused = await ask({ ...oauth, values: { ...values, clientSecret: 'very-wrong', authentication: 'body' } });
    expect(refused).toMatchObject({ ok: false, error: { code: 'token-refused' } });
    expect(JSON.stringify(refused)).not.toContain('very-wrong');
    const unfinished = { ...oauth, values: { ...oauth.values, grantType: 'authorizationCode' } };
    expect(await ask(unfinished)).toMatchObject({ ok: false, error: { code: 'credential-unfinished' } });
  });

  it('[CRD6] go to their domains only', async ({ expect }) => {
    const port = new URL(base).port;
    expect((await ask({ ...basic, domains: [`127.0.0.1:${port}`] })).ok).toBe(true);
    for (const domains of [['example.com'], ['127.0.0.1:1'], ['*.0.0.1']]) {
      expect(await ask({ ...basic, domains })).toMatchObject({ ok: false, error: { code: 'credential-refused' } });
      expect(seen).toEqual([]);
    }
  });

  it('[EGR8] stay behind when a redirect leaves the origin, whatever their header is called', async ({ expect }) => {
    for (const credential of [basic, header('X-Plain-Name'), header('Accept-Shop')]) {
      const name = credential === basic ? 'authorization' : String(credential.values['name' as never]).toLowerCase();
      expect((await ask(credential, { url: `${base}/away` })).ok).toBe(true);
      expect(seen.map(({ server: at, headers }) => [at, name in headers])).toEqual([
        ['first', true],
        ['second', false],
      ]);
    }
    const json = JSON.stringify({ body: { token: SECRET } });
    const custom = { type: 'httpCustomAuth', values: { json }, secrets: ['json'] };
    expect(await ask(custom, { method: 'POST', url: `${base}/away` })).toMatchObject({
      ok: false,
      error: { code: 'egress-refused' },
    });
    expect(seen.map(({ server: at }) => at)).toEqual(['first']);
  });
});

describe('[HTE8] what a server echoes', () => {
  it('is masked in text, headers and messages', async ({ expect }) => {
    const query = { type: 'httpQueryAuth', values: { name: 'k', value: SECRET }, secrets: ['value'] };
    for (const reply of [await ask(basic), await ask(query), await ask(basic, { url: `${base}/no` })]) {
      const text = JSON.stringify(reply);
      expect(text).toContain('[secret]');
      for (const form of ['canary', base64(`ada:${SECRET}`), base64(SECRET), encodeURIComponent(SECRET)]) {
        expect(text).not.toContain(form);
      }
    }
    const echoed = ((await ask(basic)) as { ok: true; value: Json }).value as unknown as HttpReplyValue;
    expect(echoed.results[0]).toMatchObject({ body: { value: { headers: { authorization: 'Basic [secret]' } } } });
  });
});
