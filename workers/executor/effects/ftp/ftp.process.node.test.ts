import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, it } from 'vitest';
import { node } from '../../../../core/nodes/ftp/index.ts';
import type { Trial } from '../../../../core/nodes/testing.ts';
import { jsonsOf, runThrough } from '../../../../test/harness/effects.ts';
import { nodeConnect } from '../../../../test/harness/sockets.ts';
import { startSshd } from '../../../../test/harness/sshd.ts';
import { startVsftpd } from '../../../../test/harness/vsftpd.ts';
import { readListing } from '../../ftp/listing.ts';
import { fakePorts } from '../../testing/fakes.ts';

type Values = Record<string, string | number | boolean>;
const [ftpd, sshd] = await Promise.all([startVsftpd(), startSshd()]);
afterAll(async () => {
  await Promise.all([ftpd?.stop(), sshd?.stop()]);
});

async function run(protocol: 'ftp' | 'sftp', values: Values, trial: Trial) {
  const made = fakePorts();
  made.egress.connect = nodeConnect();
  const credentials = { [protocol]: made.credentials.add(protocol, values, []) };
  return runThrough(node, { ...trial, parameters: { protocol, ...trial.parameters }, credentials }, made);
}

const servers = [
  {
    protocol: 'ftp' as const,
    there: Boolean(ftpd),
    values: { host: '127.0.0.1', port: ftpd?.port ?? 0, username: 'anonymous', password: 'x' },
    disk: join(ftpd?.folder ?? '', 'files'),
    root: join(ftpd?.folder ?? '', 'files'),
  },
  {
    protocol: 'sftp' as const,
    there: Boolean(sshd),
    values: {
      host: '127.0.0.1',
      port: sshd?.port ?? 0,
      username: sshd?.username ?? '',
      privateKey: sshd?.privateKey ?? '',
    },
    disk: sshd?.folder ?? '',
    root: sshd?.folder ?? '',
  },
];

for (const { protocol, there, values, disk, root } of servers) {
  describe.skipIf(!there)(`[FTP1] ${protocol}`, () => {
    const go = (parameters: Trial['parameters'] = {}, trial: Trial = {}) =>
      run(protocol, values, { ...trial, parameters });

    it('writes, lists, reads, renames and deletes', async ({ expect }) => {
      const box = `${root}/box ${protocol}`;
      mkdirSync(join(disk, `box ${protocol}`));
      const upload = {
        operation: 'upload',
        path: `${box}/grüße 1.txt`,
        binaryData: false,
        fileContent: '=héllo {{ $json.n }}',
      };
      expect(jsonsOf(await go(upload, { items: [{ n: 7 }] }))).toEqual([{ success: true }]);
      expect(readFileSync(join(disk, `box ${protocol}/grüße 1.txt`), 'utf8')).toBe('héllo 7');
      const data = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 7) % 256));
      const binary = { data: { mimeType: 'x/y', data: data.toString('base64') } };
      await go({ operation: 'upload', path: `${box}/big.bin` }, { inputs: [[{ json: {}, binary }]] });
      expect(readFileSync(join(disk, `box ${protocol}/big.bin`)).equals(data)).toBe(true);
      const listed = jsonsOf(await go({ operation: 'list', path: box })) as { name: string }[];
      expect(listed.sort((a, b) => (a.name < b.name ? -1 : 1))).toMatchObject([
        { name: 'big.bin', type: '-', size: 300_000, path: `${box}/big.bin`, rights: { user: 'rw' } },
        { name: 'grüße 1.txt', type: '-', size: 8 },
      ]);
      const got = await go({ operation: 'download', path: `${box}/big.bin` }, { items: [{ keep: true }] });
      expect(got.items).toMatchObject([
        { json: { keep: true }, binary: { data: { sizeBytes: 300_000, fileName: 'big.bin' } } },
      ]);
      const moved = {
        operation: 'rename',
        oldPath: `${box}/big.bin`,
        newPath: `${box}/a/b/c.bin`,
        options: { createDirectories: true },
      };
      expect(jsonsOf(await go(moved))).toEqual([{ success: true }]);
      const all = jsonsOf(await go({ operation: 'list', path: box, recursive: true })) as { path: string }[];
      expect(all.map(({ path }) => path).sort()).toEqual([
        `${box}/a`,
        `${box}/a/b`,
        `${box}/a/b/c.bin`,
        `${box}/grüße 1.txt`,
      ]);
      await go({ operation: 'delete', path: `${box}/grüße 1.txt` });
      expect(existsSync(join(disk, `box ${protocol}/grüße 1.txt`))).toBe(false);
      const full = await go({ operation: 'delete', path: box, options: { folder: true } });
      expect(full.reply).toMatchObject({ ok: false, error: { code: 'remote-file' } });
      await go({ operation: 'delete', path: box, options: { folder: true, recursive: true } });
      expect(existsSync(join(disk, `box ${protocol}`))).toBe(false);
    });

    it('fails by item, and by name', async ({ expect }) => {
      writeFileSync(join(disk, 'there.txt'), 'x');
      const parameters = { operation: 'download', path: '={{ $json.path }}' };
      const items = [{ path: `${root}/there.txt` }, { path: `${root}/missing.txt` }, { path: `${root}/there.txt` }];
      const outcome = await go(parameters, { items, continueOnFail: true });
      expect(outcome.items.map(({ binary, json }) => (binary ? 'file' : Object.keys(json)))).toEqual([
        'file',
        ['error'],
        'file',
      ]);
      await expect(go({ operation: 'download', path: 'a\r\nDELE there.txt' })).rejects.toMatchObject({
        code: 'bad-path',
      });
      await expect(go({ operation: 'chmod' })).rejects.toMatchObject({ code: 'unsupported' });
    });
  });
}

describe('[FTP2] an FTP server', () => {
  it.skipIf(!ftpd)('refuses a wrong account', async ({ expect }) => {
    const values = { host: '127.0.0.1', port: ftpd?.port ?? 0, username: 'eve', password: 'x' };
    expect((await run('ftp', values, { parameters: { path: '/x' } })).reply).toMatchObject({
      error: { code: 'ftp-auth' },
    });
  });

  it('cannot send us to another address', async ({ expect }) => {
    const elsewhere = createServer((socket) => socket.end('stolen'));
    await new Promise<void>((ready) => elsewhere.listen(0, '127.0.0.2', ready));
    const { port } = elsewhere.address() as AddressInfo;
    const evil = createServer((socket) => {
      socket.write('220 hi\r\n');
      socket.on('error', () => undefined);
      socket.on('data', (line) => {
        const command = line.toString().slice(0, 4);
        const passive = `227 Entering (127,0,0,2,${port >> 8},${port & 255})`;
        const answers: Record<string, string> = { USER: '230 in', TYPE: '200 ok', EPSV: '500 no', PASV: passive };
        socket.write(`${answers[command] ?? '200 ok'}\r\n`);
      });
    });
    await new Promise<void>((ready) => evil.listen(0, '127.0.0.1', ready));
    const values = { host: '127.0.0.1', port: (evil.address() as AddressInfo).port, username: 'a', password: '' };
    const { reply } = await run('ftp', values, { parameters: { path: '/x' } });
    evil.close();
    elsewhere.close();
    expect(reply).toMatchObject({ ok: false, error: { code: 'connect-failed' } });
  });

  it('is understood after a file that was too large', async ({ expect }) => {
    const bytes = new Uint8Array(64 * 1024);
    let line: Socket | undefined;
    const data = createServer((socket) => {
      line = socket.on('error', () => undefined);
    });
    const send = (path: string): void => {
      if (path === 'small') line?.end('small');
      else line?.write(bytes, (error) => void (error ?? send(path)));
    };
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.write('220 hi\r\n');
      socket.on('data', (said) => {
        const [command = '', path = ''] = said.toString().trim().split(' ');
        if (command === 'RETR') send(path);
        const answers: Record<string, string> = {
          USER: '230 in',
          EPSV: `229 Entering (|||${port}|)`,
          RETR: `150 here\r\n${path === 'large' ? '426 You hung up' : '226 done'}`,
        };
        socket.write(`${answers[command] ?? '200 ok'}\r\n`);
      });
    });
    for (const each of [data, server]) await new Promise<void>((ready) => each.listen(0, '127.0.0.1', ready));
    const { port } = data.address() as AddressInfo;
    const values = { host: '127.0.0.1', port: (server.address() as AddressInfo).port, username: 'a', password: '' };
    const outcome = await run('ftp', values, {
      parameters: { operation: 'download', path: '={{ $json.path }}' },
      items: [{ path: 'large' }, { path: 'small' }],
      continueOnFail: true,
    });
    data.close();
    server.close();
    expect(outcome.items).toMatchObject([
      { json: { error: expect.stringContaining('large has more than') as string } },
      { binary: { data: { sizeBytes: 5 } } },
    ]);
  });

  it('lists as Unix and as Windows do', ({ expect }) => {
    const now = Date.UTC(2026, 0, 10);
    const text = [
      'total 12',
      'drwxr-xr-x    2 0        0            4096 Jan 02 10:30 my folder',
      '-rw-r-----    1 ada      users      123456 Dec 24 23:59 a -> b.txt',
      'lrwxrwxrwx    1 0        0               7 Mar 01  2024 link -> target',
      '01-02-26  10:30PM       <DIR>          Docs',
      '01-02-2026  09:05AM             1,2 nonsense',
      '01-02-2026  09:05AM              77 win file.txt',
    ].join('\r\n');
    const brief = readListing(text, '/x/', now).map(({ name, type, size, modifyTimeMs, path }) => [
      name,
      type,
      size,
      new Date(modifyTimeMs).toISOString().slice(0, 16),
      path,
    ]);
    expect(brief).toEqual([
      ['my folder', 'd', 4096, '2026-01-02T10:30', '/x/my folder'],
      ['a -> b.txt', '-', 123456, '2025-12-24T23:59', '/x/a -> b.txt'],
      ['link', 'l', 7, '2024-03-01T00:00', '/x/link'],
      ['Docs', 'd', 0, '2026-01-02T22:30', '/x/Docs'],
      ['win file.txt', '-', 77, '2026-01-02T09:05', '/x/win file.txt'],
    ]);
  });
});
