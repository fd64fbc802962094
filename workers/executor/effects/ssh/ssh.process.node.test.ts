import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { node } from '../../../../core/nodes/ssh/index.ts';
import type { Trial } from '../../../../core/nodes/testing.ts';
import { jsonsOf, runThrough } from '../../../../test/harness/effects.ts';
import { nodeConnect } from '../../../../test/harness/sockets.ts';
import { startSshd } from '../../../../test/harness/sshd.ts';
import { fakePorts } from '../../testing/fakes.ts';

type Values = Record<string, string | number | boolean>;
const sshd = await startSshd();
afterAll(() => sshd?.stop());

function ports(type: string, values: Values, secrets: string[]) {
  const made = fakePorts();
  made.egress.connect = nodeConnect();
  return { made, credentials: { [type]: made.credentials.add(type, values, secrets) } };
}

const login = () => ({
  host: 'localhost',
  port: sshd?.port ?? 0,
  username: sshd?.username ?? '',
  privateKey: sshd?.privateKey ?? '',
});

async function run(trial: Trial, values: Values = {}) {
  const { made, credentials } = ports('sshPrivateKey', { ...login(), ...values }, ['privateKey']);
  const parameters = { authentication: 'privateKey', ...trial.parameters };
  return runThrough(node, { ...trial, parameters, credentials }, made);
}

describe.skipIf(!sshd)('[SSH1] OpenSSH', () => {
  const folder = sshd?.folder ?? '';

  it('runs a command an item, in its folder, and gives code and output', async ({ expect }) => {
    const parameters = { command: '=echo "$PWD {{ $json.word }}"; echo wrong >&2; exit {{ $json.code }}', cwd: folder };
    const outcome = await run({
      parameters,
      items: [
        { word: 'größer', code: 0 },
        { word: "it's", code: 3 },
      ],
    });
    expect(jsonsOf(outcome)).toEqual([
      { code: 0, signal: null, stdout: `${folder} größer`, stderr: 'wrong' },
      { code: 3, signal: null, stdout: `${folder} it's`, stderr: 'wrong' },
    ]);
    expect(outcome.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
    const input = await run({ parameters: { command: 'cat; echo done' } });
    expect(jsonsOf(input)).toMatchObject([{ stdout: 'done' }]);
    const nowhere = await run({ parameters: { command: 'echo hi', cwd: "/not '; echo there" } });
    expect(jsonsOf(nowhere)).toMatchObject([{ code: 1, stdout: '' }]);
  });

  it('uploads and downloads files, large ones too', async ({ expect }) => {
    const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, at) => at % 251));
    const { made, credentials } = ports('sshPrivateKey', login(), ['privateKey']);
    writeFileSync(join(folder, 'large.bin'), bytes);
    const both = { authentication: 'privateKey', resource: 'file' };
    const download = { ...both, operation: 'download', path: join(folder, 'large.bin') };
    const got = await runThrough(node, { parameters: download, credentials, items: [{ keep: 1 }] }, made);
    const [item] = got.items;
    expect(item).toMatchObject({ json: { keep: 1 }, binary: { data: { fileName: 'large.bin', sizeBytes: 200_000 } } });
    const upload = { ...both, operation: 'upload', path: folder, options: { fileName: '../../copy.bin' } };
    const sent = await runThrough(node, { parameters: upload, credentials, inputs: [got.items] }, made);
    expect(jsonsOf(sent)).toEqual([{ success: true }]);
    expect(readFileSync(join(folder, '.._.._copy.bin')).equals(bytes)).toBe(true);
    expect(existsSync(join(folder, '../../copy.bin'))).toBe(false);
    const missing = await run({ parameters: { ...download, path: '/no/such/file' }, continueOnFail: true });
    expect(jsonsOf(missing)).toMatchObject([{ error: expect.stringContaining('/no/such/file') as string }]);
  });

  it('moves more files in one step than a session may have channels', async ({ expect }) => {
    const parameters = {
      resource: 'file',
      operation: 'upload',
      path: folder,
      options: { fileName: '={{ $json.n }}.txt' },
    };
    const binary = { data: { mimeType: 'text/plain', data: btoa('x') } };
    // OpenSSH gives ten (MaxSessions).
    const items = Array.from({ length: 12 }, (_, n) => ({ json: { n }, binary }));
    expect(jsonsOf(await run({ parameters, inputs: [items] }))).toEqual(items.map(() => ({ success: true })));
  });

  it('[SSH2] is who its fingerprint says, or nobody', async ({ expect }) => {
    const parameters = { command: 'echo in' };
    expect(jsonsOf(await run({ parameters }, { hostFingerprint: sshd?.fingerprint ?? '' }))).toMatchObject([
      { stdout: 'in' },
    ]);
    const other = await run({ parameters }, { hostFingerprint: `SHA256:${'A'.repeat(43)}` });
    expect(other.reply).toMatchObject({ ok: false, error: { code: 'ssh-host-key', retryable: false } });
  });

  it('[SSH3] stops a command that prints without end', async ({ expect }) => {
    const { reply } = await run({ parameters: { command: 'yes' } });
    expect(reply).toMatchObject({ ok: false, error: { code: 'ssh-output-too-large' } });
  });

  it('[SSH4] says what is wrong with the key, the account or the place', async ({ expect }) => {
    const parameters = { command: 'true' };
    const codeOf = async (values: Values) => {
      const { reply } = await run({ parameters }, values);
      return reply.ok ? 'ok' : reply.error.code;
    };
    expect(await codeOf({ username: 'nobody-here' })).toBe('ssh-auth');
    expect(await codeOf({ privateKey: 'not a key' })).toBe('ssh-key');
    expect(await codeOf({ port: 1 })).toBe('egress-refused');
    expect(await codeOf({ host: 'host.internal' })).toBe('egress-refused');
  });
});

describe('[SSH5] a password', () => {
  const SECRET = 'canary-ssh-3310';
  let server: ssh2.Server;
  let port = 0;
  beforeAll(async () => {
    const { private: hostKey } = ssh2.utils.generateKeyPairSync('ed25519');
    server = new ssh2.Server({ hostKeys: [hostKey] }, (client) => {
      client.on('error', () => undefined);
      client.on('authentication', (attempt) => {
        if (attempt.method === 'password' && attempt.password === SECRET) attempt.accept();
        else attempt.reject(['password']);
      });
      client.on('session', (accept) => {
        accept().on('exec', (take, _, { command }) => {
          const channel = take();
          channel.write(`${SECRET} ran ${command}`);
          channel.exit(0);
          channel.end();
        });
      });
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    server.close();
  });

  it('logs in, and shows nowhere', async ({ expect }) => {
    const values = { host: '127.0.0.1', port, username: 'ada', password: SECRET };
    const { made, credentials } = ports('sshPassword', values, ['password']);
    const outcome = await runThrough(node, { parameters: { command: 'ls', cwd: '' }, credentials }, made);
    expect(jsonsOf(outcome)).toMatchObject([{ stdout: '[secret] ran ls' }]);
    const wrong = ports('sshPassword', { ...values, password: 'canary-no' }, ['password']);
    const { reply } = await runThrough(
      node,
      { parameters: { command: 'ls' }, credentials: wrong.credentials },
      wrong.made,
    );
    expect(reply).toMatchObject({ ok: false, error: { code: 'ssh-auth' } });
    expect(JSON.stringify([outcome, reply])).not.toContain('canary');
  });
});
