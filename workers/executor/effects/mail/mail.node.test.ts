import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import type { Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, it } from 'vitest';
import { node } from '../../../../core/nodes/email-send/index.ts';
import type { Trial } from '../../../../core/nodes/testing.ts';
import { selfSigned } from '../../../../test/harness/certificate.ts';
import { jsonsOf, runThrough } from '../../../../test/harness/effects.ts';
import { nodeConnect } from '../../../../test/harness/sockets.ts';
import { fakePorts } from '../../testing/fakes.ts';
import { readAddresses } from './addresses.ts';
import { headerText } from './mime.ts';

const SECRET = 'canary-smtp-91';
const certificate = selfSigned();

interface Received {
  from: string;
  to: string[];
  raw: string;
  mail: Email;
  secure: boolean;
}
let servers: SMTPServer[] = [];
afterEach(() => {
  for (const server of servers) server.close();
  servers = [];
});

/** A real server that keeps what it gets; `reject@…` is nobody it knows. */
async function serve(options: SMTPServerOptions = {}): Promise<{ port: number; received: Received[] }> {
  const received: Received[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _, done) =>
      username === 'ada' && password === SECRET ? done(null, { user: 'ada' }) : done(new Error(`no ${password ?? ''}`)),
    onRcptTo: ({ address }, _, done) => done(address.startsWith('reject') ? new Error('No such user') : null),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (part: Buffer) => chunks.push(part));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('latin1');
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? '' : mailFrom.address;
        const to = rcptTo.map(({ address }) => address);
        void PostalMime.parse(raw).then((mail) => {
          received.push({ from, to, raw, mail, secure: session.secure });
          done();
        });
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return { port: (server.server.address() as AddressInfo).port, received };
}

const ports = (values: Values, ca?: string) => {
  const made = fakePorts();
  made.egress.connect = nodeConnect(ca);
  const credential = { host: 'localhost', user: 'ada', password: SECRET, secure: false, ...values };
  const ref = made.credentials.add('smtp', credential, ['password']);
  return { made, credentials: { smtp: ref } };
};

type Values = Record<string, string | number | boolean>;
const MAIL = { fromEmail: 'Ada <ada@example.com>', toEmail: 'bob@example.com', subject: 'Hi', html: '<b>x</b>' };

async function send(trial: Trial, values: Values, ca?: string) {
  const { made, credentials } = ports(values, ca);
  return runThrough(node, { parameters: MAIL, credentials, ...trial }, made);
}

describe('[EML1] a mail', () => {
  it('[EGR17] arrives as it was written: names, letters, both bodies, files; and what it took is counted', async ({
    expect,
  }) => {
    const { port, received } = await serve();
    const parameters = {
      fromEmail: '"Lovelace, Ada" <ada@example.com>',
      toEmail: 'Jürgen <j@example.com>, bob@example.com',
      subject: 'Grüße 👋 und ein sehr langer Betreff, der nicht in eine Zeile von fünfundsiebzig Zeichen passt',
      emailFormat: 'both',
      text: 'one\n.two\n..three\r\nfour',
      html: '<p>ünï</p>',
      options: {
        attachments: 'data, other',
        ccEmail: 'c@example.com',
        bccEmail: 'hidden@example.com',
        replyTo: 'r@example.com',
      },
    };
    const file = (text: string, fileName: string) => ({ mimeType: 'text/plain', data: btoa(text), fileName });
    const binary = { data: file('hello', 'übersicht "1".txt'), other: file('x'.repeat(5_000), 'b.bin') };
    const outcome = await send({ parameters, inputs: [[{ json: {}, binary }]] }, { port });
    expect(jsonsOf(outcome)).toMatchObject([
      { accepted: ['j@example.com', 'bob@example.com', 'c@example.com', 'hidden@example.com'], rejected: [] },
    ]);
    const { value } = outcome.reply as unknown as { value: { meta: { connections: number; bytesOut: number } } };
    expect(value.meta.connections).toBe(1);
    expect(value.meta.bytesOut).toBeGreaterThan(5_000);
    const [got] = received;
    expect([got?.from, got?.to.length]).toEqual(['ada@example.com', 4]);
    expect(got?.mail).toMatchObject({
      from: { name: 'Lovelace, Ada', address: 'ada@example.com' },
      to: [
        { name: 'Jürgen', address: 'j@example.com' },
        { name: '', address: 'bob@example.com' },
      ],
      cc: [{ address: 'c@example.com' }],
      replyTo: [{ address: 'r@example.com' }],
      subject: parameters.subject,
      html: expect.stringContaining('<p>ünï</p>') as string,
    });
    expect(got?.mail.text?.trimEnd().split(/\r?\n/)).toEqual(['one', '.two', '..three', 'four']);
    const files = got?.mail.attachments.map(({ filename, content }) => [
      filename,
      new TextDecoder().decode(content as ArrayBuffer),
    ]);
    expect(files).toEqual([
      ['übersicht "1".txt', 'hello'],
      ['b.bin', 'x'.repeat(5_000)],
    ]);
    expect(got?.raw).not.toContain('hidden@example.com');
    expect(Math.max(...(got?.raw ?? '').split('\r\n').map((line) => line.length))).toBeLessThan(998);
  });

  it('has the bodies its version sends', async ({ expect }) => {
    const { port, received } = await serve();
    const parameters = { ...MAIL, text: 'plain' };
    for (const version of [1, 2, 2.1]) await send({ version, parameters }, { port });
    const bodies = received.map(({ mail }) => [mail.text?.trim(), mail.html?.trim()]);
    expect(bodies[0]).toEqual(['plain', '<b>x</b>']);
    expect(bodies[1]?.[0]).toBe('plain');
    expect(received[1]?.raw).not.toContain('text/html');
    expect(received[2]?.raw).not.toContain('text/plain');
    const attributed = { ...parameters, options: { appendAttribution: true } };
    await send({ parameters: attributed }, { port });
    expect(received[3]?.mail.html).toContain('Millrace');
  });

  it('goes out once an item, and a failing item is one {error}', async ({ expect }) => {
    const { port, received } = await serve();
    const parameters = { ...MAIL, toEmail: '={{ $json.to }}' };
    const items = [
      { to: 'a@example.com' },
      { to: 'reject@example.com' },
      { to: 'not an address' },
      { to: 'b@example.com' },
    ];
    const outcome = await send({ parameters, items, continueOnFail: true }, { port });
    expect(jsonsOf(outcome)).toMatchObject([
      { accepted: ['a@example.com'] },
      { error: expect.stringContaining('No such user') as string },
      { error: expect.stringContaining('not an address') as string },
      { accepted: ['b@example.com'] },
    ]);
    expect(received.length).toBe(2);
    const failed = await send({ parameters, items }, { port });
    expect(failed.reply).toMatchObject({ ok: false, error: { retryable: false, detail: { itemIndex: 1 } } });
  });
});

describe('[EML2] nothing in a mail', () => {
  it('can add a header, a recipient or a command', async ({ expect }) => {
    const { port, received } = await serve();
    const evil = 'x\r\nBcc: evil@example.com\r\n\r\nbody';
    await send({ parameters: { ...MAIL, subject: evil } }, { port });
    expect(received[0]?.mail.headers.map(({ key }) => key)).not.toContain('bcc');
    expect(received[0]?.to).toEqual(['bob@example.com']);
    for (const toEmail of ['a@example.com>\r\nRCPT TO:<evil@example.com', 'a@b.c\r\nDATA', 'a b@c.d', '<>']) {
      const { reply } = await send({ parameters: { ...MAIL, toEmail } }, { port });
      expect(reply, toEmail).toMatchObject({ ok: false, error: { code: 'bad-address' } });
    }
    expect(headerText('a\r\nb\u0000c')).toBe('a b c');
  });

  it('reads addresses as people write them', ({ expect }) => {
    expect(readAddresses('"KlickTipp team" u@example.com; <b@c.d>,', 'To')).toEqual([
      { name: 'KlickTipp team', email: 'u@example.com' },
      { name: '', email: 'b@c.d' },
    ]);
  });
});

describe('[EML3] the connection', () => {
  it('refuses a wrong password without telling it', async ({ expect }) => {
    const { port } = await serve();
    const { reply } = await send({}, { port, password: 'canary-wrong-one' });
    expect(reply).toMatchObject({ ok: false, error: { code: 'smtp-auth', retryable: false } });
    expect(JSON.stringify(reply)).not.toContain('canary-wrong-one');
  });

  it.skipIf(!certificate)('is encrypted: from the start, or by STARTTLS where offered', async ({ expect }) => {
    const tls = { ...certificate, disabledCommands: [] };
    const [implicit, upgraded] = [await serve({ ...tls, secure: true }), await serve(tls)];
    const { cert } = certificate ?? { cert: '' };
    await send({}, { port: implicit.port, secure: true }, cert);
    await send({}, { port: upgraded.port }, cert);
    expect([...implicit.received, ...upgraded.received].map(({ secure }) => secure)).toEqual([true, true]);
    expect((await send({}, { port: upgraded.port })).reply).toMatchObject({
      error: { message: expect.stringContaining('certificate') as string },
    });
    // A certificate nobody trusts ends it before the password is sent.
    for (const values of [{ port: implicit.port, secure: true }, { port: upgraded.port }]) {
      expect((await send({}, values)).reply).toMatchObject({ ok: false, error: { code: 'connect-failed' } });
    }
  });

  it('[EGR15] goes where mail servers are, and nowhere the policy refuses', async ({ expect }) => {
    const { made, credentials } = ports({ port: 6379 });
    const refused = async (values: Values, allow: string[]) => {
      const ref = made.credentials.add('smtp', { user: '', password: '', ...values }, []);
      const { reply } = await runThrough(node, { parameters: MAIL, credentials: { smtp: ref } }, made, {
        allow,
        deny: [],
      });
      return reply.ok ? 'ok' : reply.error.code;
    };
    expect(credentials.smtp).toBeDefined();
    for (const host of [
      '127.0.0.1',
      'localhost',
      '0x7f.1',
      '2130706433',
      '[::1]',
      '::ffff:127.0.0.1',
      '169.254.169.254',
      'mail',
    ]) {
      expect(await refused({ host, port: 25 }, []), host).toBe('egress-refused');
    }
    expect(await refused({ host: 'smtp.example.com', port: 6379 }, [])).toBe('egress-refused');
    expect(await refused({ host: 'a.example.com/@evil', port: 25 }, [])).toBe('egress-refused');
  });

  it('is given up when a server says nothing sensible', async ({ expect }) => {
    const { createServer } = await import('node:net');
    const odd = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await new Promise<void>((ready) => odd.listen(0, '127.0.0.1', ready));
    const { reply } = await send({}, { port: (odd.address() as AddressInfo).port });
    odd.close();
    expect(reply).toMatchObject({ ok: false, error: { code: 'bad-protocol' } });
  });
});

it('[EML4] refuses what cannot be done here', async ({ expect }) => {
  await expect(send({ parameters: { ...MAIL, operation: 'sendAndWait' } }, {})).rejects.toMatchObject({
    code: 'unsupported',
  });
  const insecure = { ...MAIL, options: { allowUnauthorizedCerts: true } };
  await expect(send({ parameters: insecure }, {})).rejects.toMatchObject({ code: 'insecure-tls' });
  await expect(runThrough(node, { parameters: MAIL }, fakePorts())).rejects.toMatchObject({
    code: 'credential-missing',
  });
});
