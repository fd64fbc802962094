import { createServer as createHttp, type Server as HttpServer } from 'node:http';
import { createServer as createTcp, type Server as TcpServer, type AddressInfo } from 'node:net';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createHmac } from 'node:crypto';
import { Readable } from 'node:stream';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { CredentialField, CredentialType } from '../../core/credentials/kit.ts';
import { CREDENTIAL_TYPES } from '../../core/credentials/registry.generated.ts';
import type { Json, JsonObject } from '../../core/data/item.ts';
import type { WorkflowNode } from '../../core/graph/document.ts';
import { everyOf } from '../harness/every-of.ts';
import { chain, code, hook, http, manual, node, set, workflow } from './documents.ts';
import { itemsOf, Server, sleep } from './server.ts';

/**
 * One secret for each field of each type, followed through everything that leaves the product or stays on its disk.
 * Generated from the types: a new one is followed from its first day.
 */
let server: Server;
let echo: HttpServer;
let talker: TcpServer;
let smtp: SMTPServer;
/** Everything the outside was sent, to know that secrets were used at all. */
let arrived = '';
/** Everything the product said. */
const said: string[] = [];

const portOf = (of: { address(): unknown }): number => (of.address() as AddressInfo).port;
const echoUrl = (): string => `http://127.0.0.1:${portOf(echo)}`;

beforeAll(async () => {
  echo = createHttp((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (part: Buffer) => chunks.push(part));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const heard = `${request.url} ${JSON.stringify(request.rawHeaders)} ${body}`;
      arrived += decodeURIComponent(heard.replaceAll(/%(?![0-9a-f]{2})/gi, '%25').replaceAll('+', '%20'));
      arrived += request.rawHeaders.join(' ');
      const pair = Buffer.from(/Basic ([\w+/=]+)/.exec(heard)?.[1] ?? '', 'base64').toString();
      arrived += heard + pair + new URLSearchParams(`x=${pair}`).get('x');
      // A server that repeats what it was told in every way it knows.
      const all = [request.url ?? '', ...Object.values(request.headers).map(String), body].join(' ');
      const ways = {
        headers: request.headers,
        url: request.url,
        body,
        base64: Buffer.from(all).toString('base64'),
        base64url: Buffer.from(all).toString('base64url'),
        hex: Buffer.from(all).toString('hex'),
        backwards: [...all].reverse().join(''),
        encoded: encodeURIComponent(all),
      };
      const status = Number(/[?&]status=(\d+)/.exec(request.url ?? '')?.[1] ?? 200);
      const plain = /^[\x20-\x7e]*$/.test(all) ? { 'x-echo': all.slice(0, 2_000) } : {};
      response.writeHead(status, { 'content-type': 'application/json', ...plain }).end(JSON.stringify(ways));
    });
  });
  talker = createTcp((socket) => {
    socket.on('error', () => undefined);
    socket.write('220 * OK hello\r\n');
    socket.setEncoding('latin1').on('data', (text: string) => {
      arrived += text + Buffer.from(text.trim().split(' ').at(-1) ?? '', 'base64').toString();
      for (const line of text.split('\r\n').filter(Boolean)) {
        const tag = /^(\w+) (LOGIN|AUTHENTICATE|CAPABILITY|STARTTLS)/i.exec(line);
        if (/^EHLO/i.test(line)) socket.write('250-hi\r\n250 AUTH PLAIN LOGIN\r\n');
        else if (/^USER/i.test(line)) socket.write('331 go on\r\n');
        else if (tag?.[2]?.toUpperCase() === 'CAPABILITY') socket.write(`* CAPABILITY IMAP4rev1\r\n${tag[1]} OK\r\n`);
        else if (tag) socket.write(`${tag[1]} NO ${line}\r\n`);
        else socket.write(`535 no: ${line}\r\n`);
      }
    });
  });
  smtp = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, _, done) {
      void new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>)
        .arrayBuffer()
        .then(async (mail) => (arrived += (await PostalMime.parse(mail)).text ?? ''))
        .then(() => done(), done);
    },
  });
  await Promise.all([
    new Promise<void>((ready) => smtp.listen(0, '127.0.0.1', ready)),
    new Promise<void>((ready) => echo.listen(0, '127.0.0.1', ready)),
    new Promise<void>((ready) => talker.listen(0, '127.0.0.1', ready)),
  ]);
  server = await Server.start();
});
afterAll(async () => {
  echo.close();
  talker.close();
  smtp.close();
  await server.stop();
});

const AT_ONCE = 4;
/** Who speaks to a server that does not answer waits for it twenty seconds, twice: the others go on meanwhile. */
const SLOW_FIRST = CREDENTIAL_TYPES.toSorted((a, b) => Number(hasHost(b)) - Number(hasHost(a)));
function hasHost({ fields }: CredentialType): boolean {
  return fields.some(({ name }) => name === 'host');
}

const canaryOf = (type: string, field: string): string => `cnry.${type}.${field}/+=&"q 7f3a`;

const SOCKETS: Readonly<Record<string, [string, number, JsonObject]>> = {
  smtp: ['email-send', 2.1, { fromEmail: 'a@example.com', toEmail: 'b@example.com', subject: 's', html: 'x' }],
  imap: ['email-read-imap', 2.1, {}],
  ftp: ['ftp', 1, { operation: 'list', path: '/' }],
  sftp: ['ftp', 1, { protocol: 'sftp', operation: 'list', path: '/' }],
  sshPassword: ['ssh', 1, { command: 'id', authentication: 'password' }],
  sshPrivateKey: ['ssh', 1, { command: 'id', authentication: 'privateKey' }],
};
const COMPUTES: Readonly<Record<string, [string, number, JsonObject]>> = {
  jwtAuth: ['jwt', 1, { operation: 'sign', useJson: true, claimsJson: '{"a":1}', options: {} }],
  otpApi: ['totp', 1, { options: {} }],
  crypto: ['crypto', 2, { action: 'hmac', type: 'SHA256', value: 'x', dataPropertyName: 'd', encoding: 'hex' }],
};
const GENERIC = /^http\w+Auth$|^oAuth2Api$/;

function valueOf(type: CredentialType, field: CredentialField): Json {
  if (field.secret) {
    const canary = canaryOf(type.type, field.name);
    if (field.type !== 'json') return canary;
    return JSON.stringify(
      type.type === 'httpCustomAuth'
        ? { headers: { 'x-custom': canary }, qs: { custom: canary }, body: { custom: canary } }
        : { private_key: canary, client_email: 'a@b.example' },
    );
  }
  if (field.name === 'host') return '127.0.0.1';
  if (field.name === 'port') return portOf(talker);
  if (field.name === 'secure') return false;
  if (field.name === 'grantType') return 'clientCredentials';
  if (/url|server|endpoint|domain|host/i.test(field.name) && field.type === 'string') return echoUrl();
  if (field.name === 'name') return 'x-named';
  if (field.default !== undefined) return field.default;
  return field.type === 'options'
    ? (field.options?.[0] ?? '')
    : field.type === 'number'
      ? 1
      : field.type === 'boolean'
        ? false
        : 'plain';
}

/** What a type's credential is used by. */
function usersOf(type: CredentialType, credentials: JsonObject): WorkflowNode[] {
  const more = { credentials, onError: 'continue' as const };
  const special = SOCKETS[type.type] ?? COMPUTES[type.type];
  if (special) return [node('use', ...special, more)];
  const auth = GENERIC.test(type.type)
    ? { authentication: 'genericCredentialType', genericAuthType: type.type }
    : { authentication: 'predefinedCredentialType', nodeCredentialType: type.type };
  const ask = (id: string, url: string, extra: JsonObject = {}) =>
    node(id, 'http-request', 4.2, { url, ...auth, options: {}, ...extra }, more);
  const full = { options: { response: { response: { fullResponse: true } } } };
  return [
    ask('use', `${echoUrl()}/ok`, full),
    ask('refused', `${echoUrl()}/no?status=403`),
    ask('broken', `${echoUrl()}/no?status=500`, {
      method: 'POST',
      sendBody: true,
      specifyBody: 'json',
      jsonBody: '{"a":1}',
    }),
    ask('moved', 'http://127.0.0.1:1/'),
    node(
      'graph',
      'graphql',
      1.1,
      { endpoint: `${echoUrl()}/graphql`, query: '{ a }', authentication: 'headerAuth' },
      more,
    ),
  ];
}

async function call(method: string, path: string, body?: Json): Promise<{ status: number; json: JsonObject }> {
  const answer = await server.api(method, path, body === undefined ? {} : { body });
  said.push(`${method} ${path} ${answer.status} ${JSON.stringify([...answer.headers])} ${answer.text}`);
  return { status: answer.status, json: answer.json ?? {} };
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesOf(path);
    return entry.isFile() && statSync(path).size > 0 ? [path] : [];
  });
}

/** How a secret may show: as it is, escaped, encoded, backwards, inside somebody's base64. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const inside = [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    return whole.slice([0, 2, 3][before], Math.floor(((bytes.length + before) * 8) / 6));
  });
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    JSON.stringify(JSON.stringify(secret)).slice(3, -3),
    encodeURIComponent(secret),
    new URLSearchParams([['', secret]]).toString().slice(1),
    secret.replaceAll('&', '&amp;').replaceAll('"', '&quot;'),
    bytes.toString('hex'),
    [...secret].reverse().join(''),
    ...inside,
    ...inside.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ];
}

describe('[CRD4] a secret of any type', () => {
  const secrets: string[] = [];
  const used: string[] = [];

  it('is stored, shown, tried out and used', { timeout: 400_000 }, async ({ expect }) => {
    let heard = 0;
    await everyOf(SLOW_FIRST, AT_ONCE, async (type) => {
      const values = Object.fromEntries(type.fields.map((field) => [field.name, valueOf(type, field)]));
      // Held, it would be sent as it is; asked for, the client's secret is what travels.
      if (type.type === 'oAuth2Api') delete values['accessToken'];
      const made = await call('POST', '/v1/credentials', { type: type.type, name: type.title, values, domains: [] });
      expect(made.status, `${type.type} ${JSON.stringify(made.json)}`).toBe(201);
      const id = String(made.json['id']);
      for (const field of type.fields) {
        if (field.secret && field.name in values) secrets.push(canaryOf(type.type, field.name));
      }
      await call('GET', `/v1/credentials/${id}`);
      await call('POST', `/v1/credentials/${id}/test`, { url: `${echoUrl()}/test?status=401` });
      await call('POST', `/v1/credentials/${id}/connect`, {});
      await call('PUT', `/v1/credentials/${id}`, {
        name: 'Renamed',
        values: { nope: 1 },
        domains: ['elsewhere.example'],
      });
      await call('PUT', `/v1/credentials/${id}`, { name: 'x', values: { ...values, nope: 1 } } as JsonObject);
      await call('PUT', `/v1/credentials/${id}/sharing`, { users: [], roles: [], projects: [] });
      const users = usersOf(type, {
        [type.type]: { id, name: type.title },
        httpHeaderAuth: { id, name: 'wrong type' },
      });
      const trigger = users[0]?.type === 'email-read-imap' ? [] : [manual()];
      const document = workflow(
        `Uses ${type.type}`,
        [...trigger, ...users],
        trigger.length > 0 ? users.map((one) => ['start', one.id] as const) : [],
      );
      const created = await call('POST', '/v1/workflows', document as unknown as Json);
      const flow = String(created.json['id']);
      expect(created.status, `${type.type} ${JSON.stringify(created.json).slice(0, 500)}`).toBe(201);
      const run = await call(
        'POST',
        `/v1/workflows/${flow}/runs?wait=60s`,
        (trigger.length > 0 ? { input: {} } : {}) as Json,
      );
      const runId = String(run.json['id']);
      for (const path of [
        `/v1/runs/${runId}`,
        `/v1/workflows/${flow}`,
        `/v1/workflows/${flow}/export`,
        `/v1/usage/runs/${runId}`,
      ]) {
        await call('GET', path);
      }
      const events = await fetch(`${server.ready.url}/v1/runs/${runId}/events`, {
        headers: { authorization: `Bearer ${server.ready.apiKey}` },
        signal: AbortSignal.timeout(5_000),
      });
      const streamed = await events.text().catch(() => '');
      if (streamed !== '') heard++;
      said.push(streamed);
      if (secrets.some((secret) => secret.startsWith(`cnry.${type.type}.`) && arrived.includes(secret))) {
        used.push(type.type);
      }
    });
    expect(heard).toBeGreaterThan(CREDENTIAL_TYPES.length / 2);
    // The test would say nothing if secrets never left for where they belong.
    const signs = CREDENTIAL_TYPES.filter(
      ({ sign, type }) => (sign && Object.keys(sign).some((key) => key !== 'defaults')) || GENERIC.test(type),
    );
    const missed = signs.map(({ type }) => type).filter((type) => type !== 'httpDigestAuth' && !used.includes(type));
    expect(missed).toEqual([]);
  });

  it('[ENV6] is put in where something is sent when it is a variable', { timeout: 120_000 }, async ({ expect }) => {
    const secret = canaryOf('variable', 'TOKEN');
    secrets.push(secret);
    const put = await call('PUT', '/v1/variables/production/TOKEN', { value: secret, secret: true });
    expect(put.status).toBeLessThan(300);
    const values = { host: '127.0.0.1', port: portOf(smtp.server), secure: false, user: '', password: '' };
    const mailer = await call('POST', '/v1/credentials', { type: 'smtp', name: 'Post', values });
    const requests = `const answers = [];
      for (const way of [
        { method: 'POST', url: '${echoUrl()}/code', body: 'code ' + $vars.TOKEN, returnFullResponse: true },
        { url: '${echoUrl()}/code', headers: { 'x-of-code': 'header ' + $vars.TOKEN } },
      ]) answers.push(await this.helpers.httpRequest(way));
      return [{ json: { answers, own: $vars.TOKEN.split('').reverse().join('') } }];`;
    const credentials = { smtp: { id: String(mailer.json['id']), name: 'Post' } };
    const mail = { fromEmail: 'a@example.com', toEmail: 'b@example.com', subject: 's', emailFormat: 'text' };
    const flow = chain('Secret variables', [
      manual(),
      set('set', { passed: '={{ $vars.TOKEN }}' }),
      http('http', {
        method: 'POST',
        url: `${echoUrl()}/http`,
        sendHeaders: true,
        headerParameters: { parameters: [{ name: 'x-of-http', value: '=http {{ $json.passed }}' }] },
        options: { response: { response: { fullResponse: true } } },
      }),
      node('code', 'code', 2, { jsCode: requests, options: { network: true } }),
      node('mail', 'email-send', 2.1, { ...mail, text: '=mail {{ $vars.TOKEN }}' }, { credentials }),
      node('hmac', 'crypto', 1, { action: 'hmac', type: 'SHA256', value: 'x', secret: '={{ $vars.TOKEN }}' }),
      // What a transform shows again is the placeholder.
      node('file', 'convert-to-file', 1.1, { operation: 'toJson' }),
    ]);
    const created = await call('POST', '/v1/workflows', flow as unknown as Json);
    expect(created.json['warnings']).toEqual([]);
    const run = await server.start(String(created.json['id']), { input: {} });
    said.push(JSON.stringify(run));
    expect([run.status, run.error]).toEqual(['success', undefined]);
    for (const way of ['http ', 'code ', 'header ', 'mail ']) expect(arrived, way).toContain(way + secret);
    expect(itemsOf(run, 'hmac')[0]?.['data']).toBe(createHmac('sha256', secret).update('x').digest('hex'));
    expect(itemsOf(run, 'set')[0]?.['passed']).toMatch(/^millrace-secret\./);
    // Where it is of no use the answer to saving says so.
    const inert = chain('Inert', [manual(), code('look', 'return [{ json: { is: $vars.TOKEN === "x" } }]')]);
    const { json } = await call('POST', '/v1/workflows/validate', inert as unknown as Json);
    expect(json).toMatchObject({
      ok: true,
      problems: [{ path: '/nodes/1/parameters/jsCode', code: 'secret-unusable', severity: 'warning' }],
    });
  });

  it('guards webhooks', async ({ expect }) => {
    for (const [authentication, type, values, headers] of [
      [
        'headerAuth',
        'httpHeaderAuth',
        { name: 'x-key', value: canaryOf('hook', 'header') },
        { 'x-key': canaryOf('hook', 'header') },
      ],
      [
        'basicAuth',
        'httpBasicAuth',
        { user: 'ada', password: canaryOf('hook', 'basic') },
        { authorization: `Basic ${Buffer.from(`ada:${canaryOf('hook', 'basic')}`).toString('base64')}` },
      ],
    ] as const) {
      const made = await call('POST', '/v1/credentials', { type, name: authentication, values } as JsonObject);
      secrets.push(canaryOf('hook', authentication.replace('Auth', '')));
      const credentials = { [type]: { id: String(made.json['id']), name: authentication } };
      await server.publish(
        chain(authentication, [{ ...hook(`canary-${authentication}`, 'lastNode', { authentication }), credentials }]),
      );
      for (const sent of [headers, { ...headers, 'x-key': 'wrong', authorization: 'Basic d3Jvbmc6d3Jvbmc=' }]) {
        const answer = await server.hook(`canary-${authentication}`, {}, { headers: sent });
        said.push(answer.text + JSON.stringify([...answer.headers]));
        expect([200, 403]).toContain(answer.status);
      }
      said.push(JSON.stringify(await server.ok('GET', '/v1/runs?limit=5')));
    }
  });

  it('shows nowhere: answers, runs, events, audit, logs, files', { timeout: 280_000 }, async ({ expect }) => {
    await sleep(1_500);
    for (const path of [
      '/v1/credentials',
      '/v1/credential-types',
      '/v1/credential-keys',
      '/v1/runs?limit=200',
      '/v1/workflows?limit=100',
      '/v1/audit?limit=200',
      '/v1/audit/records?limit=1000',
      '/v1/usage',
      '/v1/usage/export',
      '/v1/tenant',
      '/v1/egress',
      '/openapi.json',
    ]) {
      await call('GET', path);
    }
    const log = server.launcher.stderr + server.launcher.stdout.join('\n');
    const shown = [...said, log].join('\n');
    const files = filesOf(server.dataDir).map((path) => [path, readFileSync(path)] as const);
    expect(secrets.length).toBeGreaterThan(70);
    const leaks: string[] = [];
    for (const secret of secrets) {
      for (const form of formsOf(secret)) {
        const at = shown.indexOf(form);
        if (at >= 0) leaks.push(`${secret} as ${form}: …${shown.slice(Math.max(0, at - 160), at + 60)}…`);
        for (const [path, bytes] of files) if (bytes.includes(form)) leaks.push(`${secret} as ${form} in ${path}`);
      }
    }
    expect(leaks.slice(0, 10)).toEqual([]);
    // The search finds what is there.
    expect(shown.includes('Uses openAiApi')).toBe(true);
    expect(files.some(([, bytes]) => bytes.includes('Uses openAiApi'))).toBe(true);
  });
});
