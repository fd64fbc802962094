import { createHmac } from 'node:crypto';
import { connect } from 'node:net';
import type { JsonObject } from '../../../core/data/item.ts';
import { chain, hook } from '../../served/documents.ts';
import type { Server } from '../../served/server.ts';
import { type AttackContext, BlindOracle, type Finding, type Group, type GroupResult } from '../group.ts';

const SECRET = 'canary-a4-hook-secret-5d';
const KEY = 'canary-a4-jwt-key-that-is-32-bytes!';

type Headers_ = [string, string][];

interface Case {
  id: string;
  /** Raw header lines, so that a client's library mends nothing. */
  headers: Headers_;
  method?: string;
  path?: string;
  body?: string;
}

const base64url = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

function jwt(
  claims: object,
  { head = {}, key = KEY, signature }: { head?: object; key?: string; signature?: string } = {},
): string {
  const body = `${base64url({ alg: 'HS256', typ: 'JWT', ...head })}.${base64url(claims)}`;
  return `${body}.${signature ?? createHmac('sha256', key).update(body).digest('base64url')}`;
}

/** One request, byte by byte as written here. */
function raw(
  server: Server,
  { method = 'POST', path = '', headers, body = '{}' }: Case,
  hookPath: string,
): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(server.ready.url);
  const target = path === '' ? `/hooks/${server.ready.tenant}/${hookPath}` : path;
  return new Promise((done, fail) => {
    const socket = connect(Number(port), hostname);
    let text = '';
    const timer = setTimeout(() => socket.destroy(new Error('no answer')), 15_000);
    socket.setEncoding('latin1').on('data', (part: string) => {
      text += part;
      // workerd keeps the connection whatever it was asked.
      if (isWhole(text)) socket.end();
    });
    socket.on('error', fail);
    socket.on('close', () => {
      clearTimeout(timer);
      // A server that closes without an answer refused it, too.
      done({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 400), text });
    });
    const lines = [
      `${method} ${target} HTTP/1.1`,
      `host: ${hostname}:${port}`,
      'connection: close',
      'content-type: application/json',
    ];
    const own = headers.map(([name, value]) => `${name}: ${value}`);
    socket.write(
      `${[...lines, ...own, `content-length: ${Buffer.byteLength(body)}`].join('\r\n')}\r\n\r\n${body}`,
      'latin1',
    );
  });
}

function isWhole(text: string): boolean {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const length = /content-length: (\d+)/i.exec(text.slice(0, end))?.[1];
  return length === undefined
    ? text.endsWith('0\r\n\r\n') || /^HTTP\/1\.1 (204|304)/.test(text)
    : text.length - end - 4 >= Number(length);
}

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

const HEADER: Case[] = [
  ['missing', []],
  ['wrong', [['x-hook', 'wrong']]],
  ['empty', [['x-hook', '']]],
  ['prefix', [['x-hook', SECRET.slice(0, -1)]]],
  ['longer', [['x-hook', `${SECRET}x`]]],
  ['other case', [['x-hook', SECRET.toUpperCase()]]],
  ['quoted', [['x-hook', `"${SECRET}"`]]],
  [
    'right and wrong',
    [
      ['x-hook', SECRET],
      ['x-hook', 'wrong'],
    ],
  ],
  [
    'wrong and right',
    [
      ['x-hook', 'wrong'],
      ['x-hook', SECRET],
    ],
  ],
  [
    'twice right',
    [
      ['x-hook', SECRET],
      ['x-hook', SECRET],
    ],
  ],
  ['list', [['x-hook', `wrong, ${SECRET}`]]],
  ['scheme', [['x-hook', `Bearer ${SECRET}`]]],
  ['another header', [['x-hook2', SECRET]]],
  ['underscore', [['x_hook', SECRET]]],
  ['authorization', [['authorization', SECRET]]],
  ['cookie', [['cookie', `x-hook=${SECRET}`]]],
  ['nul', [['x-hook', `${SECRET}\u0000`]]],
  ['long', [['x-hook', 'x'.repeat(6_000)]]],
  ['latin', [['x-hook', SECRET.replace('a', '\u00e4')]]],
  ['percent', [['x-hook', encodeURIComponent(SECRET).replaceAll('-', '%2d')]]],
  ['base64', [['x-hook', Buffer.from(SECRET).toString('base64')]]],
  ['wildcard', [['x-hook', '*']]],
  ['regular expression', [['x-hook', '.*']]],
  ['null', [['x-hook', 'null']]],
  ['undefined', [['x-hook', 'undefined']]],
  ['mask', [['x-hook', '[secret]']]],
  ['override', [['x-http-method-override', 'OPTIONS']]],
].map(([id, headers]) => ({ id: `header/${String(id)}`, headers: headers as Headers_ }));

const HEADER_ELSEWHERE: Case[] = [
  { id: 'header/in the query', headers: [], path: `Q?x-hook=${SECRET}` },
  { id: 'header/in the body', headers: [], body: JSON.stringify({ 'x-hook': SECRET, headers: { 'x-hook': SECRET } }) },
  { id: 'header/prototype', headers: [], body: `{"__proto__":{"x-hook":"${SECRET}"}}` },
];

const BASIC: Case[] = [
  ['missing', []],
  ['wrong password', [['authorization', basic('ada:wrong')]]],
  ['wrong user', [['authorization', basic(`eve:${SECRET}`)]]],
  ['no colon', [['authorization', basic(`ada${SECRET}`)]]],
  ['second colon', [['authorization', basic(`ada::${SECRET}`)]]],
  ['only user', [['authorization', basic('ada:')]]],
  ['empty', [['authorization', 'Basic ']]],
  ['not base64', [['authorization', `Basic ada:${SECRET}`]]],
  ['bearer', [['authorization', `Bearer ${Buffer.from(`ada:${SECRET}`).toString('base64')}`]]],
  [
    'two of them',
    [
      ['authorization', basic('ada:wrong')],
      ['authorization', basic(`ada:${SECRET}`)],
    ],
  ],
  ['list', [['authorization', `${basic('ada:wrong')}, ${basic(`ada:${SECRET}`)}`]]],
  ['case', [['authorization', basic(`ADA:${SECRET}`)]]],
  ['nul', [['authorization', basic(`ada:${SECRET}\u0000`)]]],
  ['proxy', [['proxy-authorization', basic(`ada:${SECRET}`)]]],
].map(([id, headers]) => ({ id: `basic/${String(id)}`, headers: headers as Headers_ }));

const now = (): number => Math.floor(Date.now() / 1_000);
const good = (): object => ({ sub: 'a', exp: now() + 600 });

const JWT = (sink: string): Case[] =>
  (
    [
      ['missing', ''],
      ['none', jwt(good(), { head: { alg: 'none' }, signature: '' })],
      ['None', jwt(good(), { head: { alg: 'nOnE' }, signature: '' })],
      ['none, signed', jwt(good(), { head: { alg: 'none' } })],
      ['no signature', jwt(good(), { signature: '' })],
      ['another key', jwt(good(), { key: 'another-key-of-a-proper-length-000' })],
      ['empty key', jwt(good(), { key: '' })],
      ['HS512 named', jwt(good(), { head: { alg: 'HS512' } })],
      ['RS256 named', jwt(good(), { head: { alg: 'RS256' } })],
      ['expired', jwt({ sub: 'a', exp: now() - 360 })],
      ['not yet', jwt({ sub: 'a', exp: now() + 600, nbf: now() + 360 })],
      ['exp is text', jwt({ sub: 'a', exp: 'never' })],
      ['exp is null', jwt({ sub: 'a', exp: null })],
      ['exp is negative', jwt({ sub: 'a', exp: -1 })],
      ['kid climbs', jwt(good(), { head: { kid: '../../../../dev/null' }, key: '' })],
      ['kid injects', jwt(good(), { head: { kid: "x' UNION SELECT 'k" }, key: 'k' })],
      ['jku', jwt(good(), { head: { jku: `${sink}/jwks` }, key: 'k' })],
      ['x5u', jwt(good(), { head: { x5u: `${sink}/x5u` }, key: 'k' })],
      ['jwk', jwt(good(), { head: { jwk: { kty: 'oct', k: base64url('attacker-key') } }, key: 'attacker-key' })],
      ['crit', jwt(good(), { head: { crit: ['x'], x: 1 } })],
      ['claims changed', jwt(good()).replace(/\.[^.]+\./, `.${base64url({ sub: 'root', exp: now() + 600 })}.`)],
      ['two parts', jwt(good()).split('.').slice(0, 2).join('.')],
      ['five parts', `${jwt(good())}.x.y`],
      ['claims are a list', `${base64url({ alg: 'HS256' })}.${base64url([])}.x`],
      ['not a token', 'x'],
      ['the key', KEY],
      ['prototype', jwt(good(), { head: { __proto__: { alg: 'none' } }, signature: '' })],
    ] as const
  ).map(([id, token]) => ({ id: `jwt/${id}`, headers: token === '' ? [] : [['authorization', `Bearer ${token}`]] }));

const PATHS = (tenant: string): Case[] =>
  (
    [
      ['encoded slash', 'POST', `/hooks/${tenant}%2fa4-header`],
      ['dots', 'POST', `/hooks/${tenant}/x/../a4-header`],
      ['encoded dots', 'POST', `/hooks/${tenant}/x/%2e%2e/a4-header`],
      ['double encoded', 'POST', `/hooks/${tenant}/a4%252dheader`],
      ['semicolon', 'POST', `/hooks/${tenant}/a4-header;x`],
      ['backslash', 'POST', `/hooks/${tenant}\\a4-header`],
      ['capitals', 'POST', `/hooks/${tenant}/A4-HEADER`],
      ['nul', 'POST', `/hooks/${tenant}/a4-header%00`],
      ['another tenant', 'POST', '/hooks/other/a4-header'],
      ['no tenant', 'POST', '/hooks//a4-header'],
      ['prototype', 'POST', `/hooks/${tenant}/__proto__`],
      ['constructor', 'POST', '/hooks/constructor/a4-header'],
      ['GET', 'GET', `/hooks/${tenant}/a4-header`],
      ['PUT', 'PUT', `/hooks/${tenant}/a4-header`],
      ['TRACE', 'TRACE', `/hooks/${tenant}/a4-header`],
      ['lower case', 'post', `/hooks/${tenant}/a4-header`],
      ['CONNECT', 'CONNECT', `/hooks/${tenant}/a4-header`],
    ] as const
  ).map(([id, method, path]) => ({ id: `path/${id}`, headers: [], method, path }));

async function guarded(
  server: Server,
  path: string,
  authentication: string,
  type: string,
  values: JsonObject,
): Promise<string> {
  const made = await server.ok('POST', '/v1/credentials', { type, name: path, values });
  const credentials = { [type]: { id: made['id'] as string, name: path } };
  return server.publish(chain(path, [{ ...hook(path, 'lastNode', { authentication }), credentials }]));
}

async function attack(context: AttackContext): Promise<GroupResult> {
  const [server, sink] = await Promise.all([context.server(), context.sink()]);
  const succeeded: Finding[] = [];
  const hung: Finding[] = [];
  let cases = 0;
  const { tenant } = server.ready;
  const groups: [string, string, Case[], Headers_][] = [
    [
      'a4-header',
      await guarded(server, 'a4-header', 'headerAuth', 'httpHeaderAuth', { name: 'X-Hook', value: SECRET }),
      [
        ...HEADER,
        ...HEADER_ELSEWHERE.map((one) => ({
          ...one,
          ...(one.path ? { path: one.path.replace('Q', `/hooks/${tenant}/a4-header`) } : {}),
        })),
        ...PATHS(tenant),
      ],
      [['x-HOOK', SECRET]],
    ],
    [
      'a4-basic',
      await guarded(server, 'a4-basic', 'basicAuth', 'httpBasicAuth', { user: 'ada', password: SECRET }),
      BASIC,
      [['authorization', basic(`ada:${SECRET}`)]],
    ],
    [
      'a4-jwt',
      await guarded(server, 'a4-jwt', 'jwtAuth', 'jwtAuth', { keyType: 'passphrase', secret: KEY, algorithm: 'HS256' }),
      JWT(sink.url),
      [['authorization', `Bearer ${jwt(good())}`]],
    ],
  ];
  const before = sink.connections;
  for (const [path, flow, list, right] of groups) {
    const control = await raw(server, { id: 'control', headers: right }, path);
    if (control.status !== 200) {
      throw new BlindOracle(`${path}: the right proof is refused: ${control.text.slice(0, 300)}`);
    }
    for (const one of list) {
      cases++;
      const about = JSON.stringify(one.headers).slice(0, 120);
      try {
        const { status, text } = await raw(server, one, path);
        const refused = status >= 400 && status !== 500;
        if (!refused) succeeded.push({ id: `A4/${one.id}`, about, why: `answered ${status}` });
        else if (text.includes(SECRET) || text.includes(KEY)) {
          succeeded.push({ id: `A4/${one.id}`, about, why: 'the answer shows the secret' });
        }
      } catch (error) {
        hung.push({ id: `A4/${one.id}`, about, why: String(error) });
      }
    }
    const runs = await server.runsOf(flow);
    if (runs.length !== 1) {
      succeeded.push({ id: `A4/${path}/runs`, about: 'runs beyond the control', why: `${runs.length} runs` });
    }
    context.say(`  ${path}: ${cases} cases, ${succeeded.length} succeeded`);
  }
  if (sink.connections > before) {
    succeeded.push({ id: 'A4/jwt/fetched', about: 'an address in a token', why: 'was asked' });
  }

  // The same delivery again and again: one run.
  const replayed = await server.publish(chain('a4-replay', [hook('a4-replay')]));
  for (let n = 0; n < 5; n++) {
    cases++;
    await server.hook('a4-replay', { n }, { headers: { 'idempotency-key': 'delivery-1' } });
  }
  const { length } = await server.runsOf(replayed);
  if (length !== 1) succeeded.push({ id: 'A4/replay', about: 'one delivery, five times', why: `${length} runs` });
  return { cases, succeeded, hung };
}

export const group: Group = { name: 'A4', title: 'webhooks without the right proof', run: attack };
