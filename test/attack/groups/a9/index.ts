import type { JsonObject } from '../../../../core/data/item.ts';
import { chain, manual, node } from '../../../served/documents.ts';
import { type AttackContext, BlindOracle, type Group, type GroupResult } from '../../group.ts';
import { Bench, each, WAYS } from './bench.ts';
import { FORBIDDEN, LOOPBACK, PORTS, TRICKS } from './hosts.ts';
import { attackRebinding } from './rebinding.ts';
import { answer } from './server-side.ts';

const SOCKETS = [
  ['smtp', 'email-send', 2.1, { fromEmail: 'a@example.com', toEmail: 'b@example.com', subject: 's', html: 'x' }],
  ['imap', 'email-read-imap', 2.1, {}],
  ['ftp', 'ftp', 1, { operation: 'list', path: '/' }],
  ['sshPassword', 'ssh', 1, { command: 'id', authentication: 'password' }],
] as const;

/** A request that is right must go through, and a connection must be noticed; else nothing below means anything. */
async function control(bench: Bench): Promise<void> {
  for (const way of ['http', 'graphql', 'code'] as const) {
    const run = await bench.ask(way, `${bench.allowed.url}/echo`);
    if (run.status !== 'success') {
      throw new BlindOracle(`${way} cannot reach what is allowed: ${JSON.stringify(run.error)}`);
    }
  }
  await fetch(bench.sink.url);
  if (bench.sink.connections === 0) throw new BlindOracle('a connection to the sink is not noticed');
}

async function attackHosts(bench: Bench): Promise<void> {
  const port = bench.sink.port;
  for (const way of WAYS) {
    await each(LOOPBACK, async (host, index) => {
      const before = bench.sink.connections;
      bench.judge(`A9/loopback/${way}/${index}`, host, await bench.ask(way, `http://${host}:${port}/`), before);
    });
  }
  await each(FORBIDDEN, async (host, index) => {
    const way = WAYS[index % WAYS.length] ?? 'http';
    const before = bench.sink.connections;
    bench.judge(`A9/forbidden/${way}/${index}`, host, await bench.ask(way, `http://${host}/latest/meta-data/`), before);
  });
  await each(TRICKS, async (trick, index) => {
    const url = trick.replaceAll('H', `127.0.0.1:${port}`);
    const before = bench.sink.connections;
    bench.judge(`A9/trick/${index}`, JSON.stringify(trick), await bench.ask('http', url), before);
  });
  await each(PORTS, async (number) => {
    const before = bench.sink.connections;
    bench.judge(
      `A9/port/${number}`,
      `port ${number}`,
      await bench.ask('http', `http://93.184.216.34:${number}/`),
      before,
    );
  });
}

async function attackRedirects(bench: Bench): Promise<void> {
  const { port } = bench.sink;
  const targets = [
    `http://127.0.0.1:${port}/`,
    `http://localhost:${port}/`,
    `http://2130706433:${port}/`,
    `http://[::1]:${port}/`,
    `http://[::ffff:127.0.0.1]:${port}/`,
    `//127.0.0.1:${port}/`,
    `http://0x7f.1:${port}/`,
    'http://169.254.169.254/latest/',
    'http://metadata.google.internal/',
    'http://10.0.0.1/',
    'file:///etc/passwd',
    `http://user@127.0.0.1:${port}/`,
    `\\\\127.0.0.1:${port}\\`,
    `http://127.0.0.1:${port}%2f/`,
    'javascript:alert(1)',
    'http://',
  ];
  const all = [301, 302, 303, 307, 308].flatMap((status) => targets.map((to) => ({ status, to })));
  await each(all, async ({ status, to }, index) => {
    const url = `${bench.allowed.url}/redirect/${status}?to=${encodeURIComponent(to)}`;
    const before = bench.sink.connections;
    const way = (['http', 'code', 'graphql'] as const)[index % 3] ?? 'http';
    bench.judge(`A9/redirect/${status}/${way}/${index}`, `${status} to ${to}`, await bench.ask(way, url), before);
  });
  bench.judge(
    'A9/redirect/loop',
    'a loop of redirects',
    await bench.ask('http', `${bench.allowed.url}/loop`),
    bench.sink.connections,
  );
}

/** Secrets go to the first origin only, and headers cannot split or reroute a request. */
async function attackHeaders(bench: Bench): Promise<void> {
  const { server, allowed, other } = bench;
  const secret = 'canary-a9-credential-77';
  const headerOf = async (name: string): Promise<JsonObject> => {
    const values = { name, value: secret };
    const made = await server.ok('POST', '/v1/credentials', { type: 'httpHeaderAuth', name, values });
    return { httpHeaderAuth: { id: made['id'] as string, name } };
  };
  const auth = { authentication: 'genericCredentialType', genericAuthType: 'httpHeaderAuth' };
  const names = ['authorization', 'x-api-key', 'cookie', 'x-odd', 'private-token', 'api-key'];
  await each(
    names.flatMap((name) => [301, 302, 303, 307, 308].map((status) => ({ name, status }))),
    async ({ name, status }) => {
      const url = `${allowed.url}/redirect/${status}?to=${encodeURIComponent(`${other.url}/${name}/${status}`)}`;
      const id = await server.create(
        chain('A9 auth', [
          manual(),
          node('ask', 'http-request', 4.2, { url, ...auth }, { credentials: await headerOf(name) }),
        ]),
      );
      const run = await server.start(id, { input: {} });
      bench.cases++;
      const arrived = other.seen.find((each_) => each_.url === `/${name}/${status}`);
      const leaked = arrived && JSON.stringify(arrived).includes(secret);
      if (!arrived || leaked || JSON.stringify(run).includes(secret)) {
        const why = arrived
          ? 'the secret went along or shows in the run'
          : `not followed: ${JSON.stringify(run.error)}`;
        bench.succeeded.push({ id: `A9/credential-redirect/${name}/${status}`, about: `${name} over ${status}`, why });
      }
    },
  );
  const hostile: [string, string][] = [
    ['host', 'evil.example'],
    ['Host', '169.254.169.254'],
    ['content-length', '0'],
    ['transfer-encoding', 'chunked'],
    ['connection', 'upgrade'],
    ['upgrade', 'websocket'],
    ['x-forwarded-for', '127.0.0.1'],
    ['x-forwarded-host', 'evil.example'],
    ['forwarded', 'for=127.0.0.1'],
    ['x-real-ip', '127.0.0.1'],
    ['proxy-authorization', 'Basic eA=='],
    ['te', 'trailers'],
    ['expect', '100-continue'],
    ['via', '1.1 x'],
    ['x-a', 'b\r\nx-smuggled: 1'],
    ['x-a\r\nx-smuggled', '1'],
    ['x-a', 'b\nx-smuggled: 1'],
    ['x a', 'b'],
    ['', 'b'],
    ['x-a', '\u0000'],
    ['x-ä', 'b'],
    ['cf-connecting-ip', '127.0.0.1'],
    ['x-a:', 'x-smuggled: 1'],
  ];
  await each(hostile, async ([name, value], index) => {
    const parameters = {
      url: `${allowed.url}/hostile/${index}`,
      sendHeaders: true,
      headerParameters: { parameters: [{ name, value }] },
    };
    const id = await server.create(chain('A9 header', [manual(), node('ask', 'http-request', 4.2, parameters)]));
    const run = await server.start(id, { input: {} });
    bench.cases++;
    const seen = allowed.seen.find(({ url }) => url === `/hostile/${index}`);
    const carried = seen?.raw.some(
      (text, at) =>
        (at % 2 === 0 && /smuggled/i.test(text)) ||
        (at % 2 === 1 &&
          text === value &&
          /^(host|content-length|transfer-encoding|upgrade|x-forwarded|forwarded|x-real-ip|proxy|te$|expect|via|cf-)/i.test(
            seen.raw[at - 1] ?? '',
          )),
    );
    if (carried || (run.status !== 'success' && !/^[a-z-]+$/.test(run.error?.code ?? ''))) {
      bench.succeeded.push({
        id: `A9/header/${index}`,
        about: JSON.stringify([name, value]),
        why: JSON.stringify(seen ?? run.error),
      });
    }
  });
}

/** A credential bound to domains, asked to go elsewhere. */
async function attackBinding(bench: Bench): Promise<void> {
  const { server, sink } = bench;
  const bound = ['example.com', '*.shop.example', 'good.example:8443', 'xn--bcher-kva.example'];
  const made = await server.ok('POST', '/v1/credentials', {
    type: 'httpHeaderAuth',
    name: 'Bound',
    values: { name: 'x-key', value: 'canary-a9-bound-77' },
    domains: bound,
  });
  const credentials = { httpHeaderAuth: { id: made['id'] as string, name: 'Bound' } };
  const auth = { authentication: 'genericCredentialType', genericAuthType: 'httpHeaderAuth' };
  const flow = await server.create(
    chain('A9 bound', [
      manual(),
      node('ask', 'http-request', 4.2, { url: '={{ $json.url }}', ...auth }, { credentials }),
    ]),
  );
  const urls = [
    'https://evil-example.com/',
    'https://example.com.evil.net/',
    'https://sub.example.com/',
    'https://example.co/',
    'https://example.comm/',
    'https://xexample.com/',
    'https://shop.example/',
    'https://evilshop.example/',
    'https://a.shop.example.evil.net/',
    'https://good.example/',
    'https://good.example:443/',
    'https://good.example:8444/',
    'https://bücher.example.evil.net/',
    'https://bucher.example/',
    'https://xn--bcher-kva.example.net/',
    'https://com/',
    'https://example/',
    'https://example.com@evil.net/',
    'https://evil.net/example.com',
    'https://evil.net/?example.com',
    'https://evil.net/#example.com',
    'https://evil.net:443/.example.com',
    'https://exаmple.com/',
    `http://127.0.0.1:${bench.allowed.port}/bound`,
    `http://localhost:${sink.port}/`,
    'https://example.com%2eevil.net/',
    'https://.example.com/',
    'https://*.shop.example/',
    'https://example。net/',
    'https://1.1.1.1/',
    'https://[2606:4700:4700::1111]/',
  ];
  await each(urls, async (url, index) => {
    const before = sink.connections;
    const run = await server.start(flow, { input: { url } } as JsonObject);
    bench.judge(`A9/binding/${index}`, url, run, before);
    if (
      run.error?.code !== 'credential-refused' &&
      run.error?.code !== 'egress-refused' &&
      run.error?.code !== 'bad-url'
    ) {
      bench.succeeded.push({ id: `A9/binding/${index}`, about: url, why: JSON.stringify(run.error) });
    }
  });
  if (bench.allowed.seen.some(({ url }) => url === '/bound')) {
    bench.succeeded.push({ id: 'A9/binding/sent', about: 'a bound credential', why: 'the request was sent' });
  }
}

async function attackSockets(bench: Bench): Promise<void> {
  const { server, sink } = bench;
  const hosts = [
    '127.0.0.1',
    'localhost',
    '2130706433',
    '0x7f.1',
    '::1',
    '[::ffff:127.0.0.1]',
    '127.0.0.1.nip.io',
    '169.254.169.254',
    '10.0.0.1',
    'db',
    '127.0.0.1/x',
    'a@127.0.0.1',
  ];
  for (const [type, kind, version, parameters] of SOCKETS) {
    await each(hosts, async (host, index) => {
      const before = sink.connections;
      const values = {
        host,
        port: sink.port,
        ...(type === 'smtp' || type === 'imap' ? { user: 'u', secure: false } : { username: 'u' }),
        password: 'p',
      };
      const made = await server.api('POST', '/v1/credentials', { body: { type, name: 'S', values } });
      if (made.status >= 300) {
        bench.cases++;
        return;
      }
      const credentials = { [type]: { id: String(made.json?.['id']), name: 'S' } };
      const trigger = kind === 'email-read-imap' ? [] : [manual()];
      const id = await server.create(
        chain('A9 socket', [...trigger, node('ask', kind, version, parameters as JsonObject, { credentials })]),
      );
      bench.judge(
        `A9/socket/${type}/${index}`,
        `${type} to ${host}`,
        await server.start(id, trigger.length > 0 ? { input: {} } : {}),
        before,
      );
    });
  }
}

/** Side doors: what asks an address for somebody without a workflow. */
async function attackSideDoors(bench: Bench): Promise<void> {
  const { server, sink } = bench;
  const credential = async (type: string, values: JsonObject): Promise<string> =>
    String((await server.ok('POST', '/v1/credentials', { type, name: 'Door', values }))['id']);
  const bearer = await credential('httpBearerAuth', { token: 'canary-a9-door-77' });
  const hosts = ['127.0.0.1', 'localhost', '2130706433', '[::1]', '0.0.0.0', '127.0.0.1.nip.io'];
  await each(hosts, async (host, index) => {
    const url = `http://${host}:${sink.port}/`;
    const doors: [string, () => Promise<string>][] = [
      ['test', async () => (await server.api('POST', `/v1/credentials/${bearer}/test`, { body: { url } })).text],
      [
        'token-url',
        async () => {
          const values = {
            grantType: 'clientCredentials',
            accessTokenUrl: url,
            clientId: 'a',
            clientSecret: 'bbbbbbbb',
          };
          const id = await credential('oAuth2Api', values);
          return (await server.api('POST', `/v1/credentials/${id}/test`, { body: { url: 'http://93.184.216.34/' } }))
            .text;
        },
      ],
      [
        'store',
        async () => {
          const store = await credential('hashicorpVault', { url, token: 'tttttttt' });
          const id = await credential('httpHeaderAuth', { name: 'x', value: { store, secret: 's' } });
          return (await server.api('POST', `/v1/credentials/${id}/test`, { body: { url: 'http://93.184.216.34/' } }))
            .text;
        },
      ],
    ];
    for (const [door, open] of doors) {
      const before = sink.connections;
      const said = await open();
      bench.cases++;
      if (sink.connections > before || !/egress-refused/.test(said)) {
        bench.succeeded.push({ id: `A9/door/${door}/${index}`, about: `${door} at ${host}`, why: said.slice(0, 300) });
      }
    }
  });
}

async function attackBodies(bench: Bench): Promise<void> {
  await bench.server.ok('PUT', '/v1/egress', { maxResponseBytes: 1_048_576, timeoutMs: 3_000 });
  await new Promise((done) => setTimeout(done, 11_000));
  const expected: Record<string, RegExp> = {
    endless: /^response-too-large$/,
    drip: /^timeout$/,
    silent: /^timeout$/,
    gzip: /^response-too-large$/,
    declared: /^response-too-large$/,
    deep: /^(bad-json|response-too-large|json-too-deep)$/,
    liar: /^bad-json$/,
    hangup: /^connect-failed$/,
  };
  for (const [path, code] of Object.entries(expected)) {
    for (const way of ['http', 'code'] as const) {
      const began = Date.now();
      const run = await bench.ask(way, `${bench.allowed.url}/${path}`);
      bench.cases++;
      const said = JSON.stringify(run.error ?? {});
      // Code sees text; only its own limits apply to shapes.
      const fine = way === 'code' ? run.status === 'success' || said.length > 2 : code.test(run.error?.code ?? '');
      if (!fine || Date.now() - began > 45_000) {
        bench.succeeded.push({ id: `A9/body/${path}/${way}`, about: path, why: `${run.status} ${said.slice(0, 200)}` });
      }
    }
  }
}

async function attack(context: AttackContext): Promise<GroupResult> {
  const bench = await Bench.start(answer);
  try {
    await control(bench);
    for (const [name, step] of Object.entries({
      attackHosts,
      attackRedirects,
      attackHeaders,
      attackBinding,
      attackSockets,
      attackSideDoors,
      attackBodies,
      attackRebinding,
    })) {
      await step(bench, context);
      context.say(`  ${name}: ${bench.cases} cases, ${bench.succeeded.length} succeeded`);
    }
    const { cases, succeeded, hung } = bench;
    return { cases, succeeded, hung };
  } finally {
    await bench.stop();
  }
}

export const group: Group = {
  name: 'A9',
  title: 'requests that go where they must not, secrets that go along',
  run: attack,
};
