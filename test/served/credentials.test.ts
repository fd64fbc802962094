import { createServer } from 'node:http';
import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { JsonObject } from '../../core/data/item.ts';
import { startDovecot } from '../harness/dovecot.ts';
import { startVsftpd } from '../harness/vsftpd.ts';
import { startSshd } from '../harness/sshd.ts';
import type { Sshd } from '../harness/sshd.ts';
import { chain, hook, manual, node } from './documents.ts';
import { eventually } from '../harness/processes.ts';
import { Server, itemsOf, sleep, stepOf } from './server.ts';

/** The product as it is served: credentials stored over HTTP, sockets of workerd, real servers at the other end. */
const CANARY = 'canary-9d41-e77b-secret';

let server: Server;
let echo: HttpServer;
let smtp: SMTPServer;
let sshd: Sshd | undefined;
const mails: string[] = [];
const asked: string[] = [];

beforeAll(async () => {
  echo = createServer((request, response) => {
    asked.push(request.headers.authorization ?? '');
    const status = request.url === '/fail' ? 403 : 200;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(request.headers));
  });
  smtp = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _, done) =>
      password === CANARY ? done(null, { user: username }) : done(new Error(`not ${password ?? ''}`)),
    onData(stream, _, done) {
      let text = '';
      stream.setEncoding('latin1').on('data', (part: string) => (text += part));
      stream.on('end', () => {
        mails.push(text);
        done();
      });
    },
  });
  smtp.on('error', () => undefined);
  await Promise.all([
    new Promise<void>((ready) => echo.listen(0, '127.0.0.1', ready)),
    new Promise<void>((ready) => smtp.listen(0, '127.0.0.1', ready)),
  ]);
  [server, sshd] = await Promise.all([Server.start(), startSshd()]);
});
afterAll(async () => {
  echo.close();
  smtp.close();
  await Promise.all([server.stop(), sshd?.stop()]);
});

const portOf = (of: { address(): unknown }): number => (of.address() as AddressInfo).port;

async function credential(type: string, values: JsonObject): Promise<JsonObject> {
  const { id, name } = await server.ok('POST', '/v1/credentials', { type, name: `My ${type}`, values });
  return { [type]: { id: id as string, name: name as string } };
}

/** Every file of the deployment that holds the text. */
function filesWith(text: string, folder = server.dataDir): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesWith(text, path);
    return entry.isFile() && statSync(path).size > 0 && readFileSync(path).includes(text) ? [path] : [];
  });
}

describe('[CRD4] a secret', () => {
  it('is used by requests and mails, and is nowhere else: run, error, export, answer, file', async ({ expect }) => {
    const basic = await credential('httpBasicAuth', { user: 'ada', password: CANARY });
    const mailer = await credential('smtp', {
      host: '127.0.0.1',
      port: portOf(smtp.server),
      secure: false,
      user: 'ada',
      password: CANARY,
    });
    const base = `http://127.0.0.1:${portOf(echo)}`;
    const auth = { authentication: 'genericCredentialType', genericAuthType: 'httpBasicAuth' };
    const ask = (id: string, path: string, extra = {}) =>
      node(id, 'http-request', 4.2, { url: `${base}${path}`, ...auth }, { credentials: basic, ...extra });
    const mail = { fromEmail: 'a@example.com', toEmail: 'b@example.com', subject: 'Hi', html: '<b>{{ 1 }}</b>' };
    const document = chain('Secretive', [
      manual(),
      ask('ask', '/echo'),
      ask('fail', '/fail', { onError: 'continue' }),
      node('mail', 'email-send', 2.1, mail, { credentials: mailer }),
    ]);
    const id = await server.create(document);
    const run = await server.start(id, { input: {} });
    expect(run.status).toBe('success');
    const pair = Buffer.from(`ada:${CANARY}`).toString('base64');
    expect(asked).toEqual([`Basic ${pair}`, `Basic ${pair}`]);
    expect(itemsOf(run, 'mail')).toMatchObject([{ accepted: ['b@example.com'] }]);
    expect(mails[0]).toContain('Subject: Hi');
    expect(itemsOf(run, 'ask')[0]?.['authorization']).toBe('Basic [secret]');
    expect(itemsOf(run, 'fail')[0]?.['error']).toContain('403');

    const shown = [
      JSON.stringify(run),
      ...(await Promise.all(
        [
          `/v1/runs/${run.id}`,
          '/v1/runs',
          '/v1/credentials',
          '/v1/credential-types',
          `/v1/workflows/${id}`,
          `/v1/workflows/${id}/export`,
        ].map(async (path) => (await server.api('GET', path)).text),
      )),
      server.launcher.stderr,
      server.launcher.stdout.join('\n'),
    ].join('\n');
    for (const form of [CANARY, pair]) {
      expect(shown).not.toContain(form);
      expect(filesWith(form)).toEqual([]);
    }
    // The search itself finds what is kept.
    expect(filesWith('My httpBasicAuth').length).toBeGreaterThan(0);
  });

  it('of a mail server that refuses it is not in the error', async ({ expect }) => {
    const values = {
      host: '127.0.0.1',
      port: portOf(smtp.server),
      secure: false,
      user: 'ada',
      password: `${CANARY}-no`,
    };
    const mailer = await credential('smtp', values);
    const mail = { fromEmail: 'a@example.com', toEmail: 'b@example.com', subject: 'Hi', html: 'x' };
    const id = await server.create(
      chain('Refused', [manual(), node('mail', 'email-send', 2.1, mail, { credentials: mailer })]),
    );
    const run = await server.start(id, { input: {} });
    expect(run.error?.code).toBe('smtp-auth');
    expect(JSON.stringify(run)).not.toContain(CANARY);
    expect(filesWith(`${CANARY}-no`)).toEqual([]);
  });

  it('guards a webhook', async ({ expect }) => {
    const guard = await credential('httpHeaderAuth', { name: 'x-key', value: CANARY });
    const trigger = { ...hook('guarded', 'lastNode', { authentication: 'headerAuth' }), credentials: guard };
    await server.publish(chain('Guarded', [trigger]));
    expect((await server.hook('guarded')).status).toBe(401);
    expect((await server.hook('guarded', {}, { headers: { 'x-key': 'wrong' } })).status).toBe(403);
    expect((await server.hook('guarded', {}, { headers: { 'x-key': CANARY } })).status).toBe(200);
    expect(filesWith(CANARY)).toEqual([]);
  });
});

describe('sockets of workerd', () => {
  it('[SSH1] run commands and move files with a private key', async ({ expect, skip }) => {
    if (!sshd) return skip('OpenSSH cannot be installed here');
    const { port, username, privateKey, fingerprint, folder } = sshd;
    const values = { host: '127.0.0.1', port, username, privateKey, hostFingerprint: fingerprint };
    const shell = await credential('sshPrivateKey', values);
    const sftp = await credential('sftp', values);
    const auth = { authentication: 'privateKey' };
    const path = join(folder, 'made.txt');
    const id = await server.create(
      chain('Shell', [
        manual(),
        node('run', 'ssh', 1, { ...auth, command: `printf over-ssh > '${path}'; uname` }, { credentials: shell }),
        node('read', 'ftp', 1, { protocol: 'sftp', operation: 'download', path }, { credentials: sftp }),
        node('list', 'ftp', 1, { protocol: 'sftp', operation: 'list', path: folder }, { credentials: sftp }),
      ]),
    );
    const run = await server.start(id, { input: {} });
    expect([run.status, run.error]).toEqual(['success', undefined]);
    expect(itemsOf(run, 'run')).toMatchObject([{ code: 0, stdout: 'Linux' }]);
    const [read] = stepOf(run, 'read').outputs[0] as unknown as { binary: JsonObject }[];
    expect(read?.binary).toMatchObject({ data: { fileName: 'made.txt', sizeBytes: 8, data: btoa('over-ssh') } });
    expect(itemsOf(run, 'list').map(({ name }) => name)).toContain('made.txt');
  });

  it('[FTP1] write, read and list over FTP', async ({ expect, skip }) => {
    const ftpd = await startVsftpd();
    if (!ftpd) return skip('vsftpd cannot be installed here');
    try {
      const values = { host: '127.0.0.1', port: ftpd.port, username: 'anonymous', password: 'x' };
      const credentials = await credential('ftp', values);
      const folder = join(ftpd.folder, 'files');
      const path = join(folder, 'big.txt');
      const content = 'line\n'.repeat(100_000);
      const ftp = (id: string, parameters: JsonObject) => node(id, 'ftp', 1, parameters, { credentials });
      const id = await server.create(
        chain('Files', [
          manual(),
          ftp('put', { operation: 'upload', path, binaryData: false, fileContent: content }),
          ftp('get', { operation: 'download', path }),
          ftp('list', { operation: 'list', path: folder }),
        ]),
      );
      const run = await server.start(id, { input: {} });
      expect([run.status, run.error]).toEqual(['success', undefined]);
      expect(readFileSync(path, 'utf8')).toBe(content);
      const [got] = stepOf(run, 'get').outputs[0] as unknown as { binary: JsonObject }[];
      expect(got?.binary).toMatchObject({ data: { sizeBytes: content.length } });
      expect(itemsOf(run, 'list')).toMatchObject([{ name: 'big.txt', size: content.length }]);
    } finally {
      await ftpd.stop();
    }
  });

  it('[IMP1] read a mailbox', async ({ expect, skip }) => {
    const dovecot = await startDovecot();
    if (!dovecot) return skip('Dovecot needs root, and Debian');
    try {
      const { port, user, password, maildir } = dovecot;
      const fresh = join(maildir, 'new');
      mkdirSync(fresh, { recursive: true });
      writeFileSync(join(fresh, '1.1.x'), 'From: a@example.com\r\nSubject: Served\r\n\r\nHi\r\n', { mode: 0o666 });
      for (const name of ['', 'new', 'cur', 'tmp']) {
        mkdirSync(join(maildir, name), { recursive: true });
        chmodSync(join(maildir, name), 0o777);
      }
      const credentials = await credential('imap', { host: '127.0.0.1', port, user, password, secure: false });
      const id = await server.create(chain('Mailbox', [node('mail', 'email-read-imap', 2.1, {}, { credentials })]));
      const run = await server.start(id, {});
      expect([run.status, run.error]).toEqual(['success', undefined]);
      expect(itemsOf(run, 'mail')).toMatchObject([{ subject: 'Served', textPlain: 'Hi\n' }]);
      expect(itemsOf(await server.start(id, {}), 'mail')).toEqual([]);
      // Published it looks by itself, and each mail starts one run.
      const pollTimes = { item: [{ mode: 'custom', cronExpression: '*/2 * * * * *' }] };
      const poller = node('mail', 'email-read-imap', 2.1, { pollTimes, postProcessAction: 'nothing' }, { credentials });
      const polls = await server.publish(chain('Polls', [poller]));
      const deliver = (name: string): void =>
        writeFileSync(join(fresh, name), `From: a@example.com\r\nSubject: ${name}\r\n\r\nHi\r\n`, { mode: 0o666 });
      const arrived = async (): Promise<unknown[]> => {
        const runs = await server.runsOf(polls);
        const views = await Promise.all(runs.map(({ id: each }) => server.run(each)));
        return views.flatMap((view) => itemsOf(view, 'mail').map(({ subject }) => subject)).sort();
      };
      deliver('2.2.y');
      await eventually('the first mail', async () => (await arrived()).length === 1);
      deliver('3.3.z');
      await eventually('the second mail', async () => (await arrived()).length === 2);
      await sleep(5_000);
      expect(await arrived()).toEqual(['2.2.y', '3.3.z']);
      await server.ok('POST', `/v1/workflows/${polls}/unpublish`);
      expect(filesWith(password)).toEqual([]);
    } finally {
      await dovecot.stop();
    }
  });

  it('[EGR14] end at addresses that the launcher does not let through', async ({ expect }) => {
    const walled = await Server.start({ EGRESS_ALLOW: 'public' });
    try {
      const values = { host: '127.0.0.1', port: portOf(smtp.server), secure: false };
      const { id, name } = await walled.ok('POST', '/v1/credentials', { type: 'smtp', name: 'Local', values });
      const credentials = { smtp: { id: id as string, name: name as string } };
      const mail = { fromEmail: 'a@example.com', toEmail: 'b@example.com', subject: 'Hi', html: 'x' };
      const workflow = await walled.create(
        chain('Walled', [manual(), node('mail', 'email-send', 2.1, mail, { credentials })]),
      );
      const run = await walled.start(workflow, { input: {} });
      expect(run.error?.code).toBe('connect-failed');
    } finally {
      await walled.stop();
    }
  });
});
