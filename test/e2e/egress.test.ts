import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { Launcher, removeDataDir, temporaryDataDir } from '../harness/launcher.ts';
import type { Ready } from '../harness/launcher.ts';
import { canHaveNames, nodeWithNames } from '../harness/names.ts';
import { chain, http, manual } from '../served/documents.ts';

const canUnshare = canHaveNames();
if (!canUnshare) console.warn('egress.test.ts: names that resolve to loopback are not tested: unshare(1) is refused');

const NAMES = '127.0.0.1 localhost\n127.0.0.1 rebind.example.com\n10.0.0.1 inner.example.com\n';
const dataDir = temporaryDataDir();
const wrapperDir = temporaryDataDir();
const resolved = join(wrapperDir, 'resolved');
let remote: HttpServer;
let port = 0;
let asked: string[] = [];
let launcher: Launcher;
let ready: Ready;

const nodeHere = (): string => nodeWithNames(wrapperDir, { hosts: NAMES }, 'rebind.example.com');

async function start(): Promise<void> {
  launcher = new Launcher({ dataDir, ...(canUnshare ? { node: nodeHere() } : {}) });
  ready = await launcher.ready();
}

beforeAll(async () => {
  mkdirSync(wrapperDir, { recursive: true });
  remote = createServer((request, response) => {
    asked.push(String(request.headers.host));
    if (request.url === '/to-name') response.writeHead(302, { location: `http://rebind.example.com:${port}/` }).end();
    else response.writeHead(200, { 'content-type': 'application/json' }).end('{"reached":true}');
  });
  await new Promise<void>((done) => remote.listen(0, '127.0.0.1', done));
  port = (remote.address() as AddressInfo).port;
  await start();
});
afterAll(async () => {
  await launcher.stop();
  remote.close();
  removeDataDir(dataDir);
  removeDataDir(wrapperDir);
});

/** What one request from a workflow comes to: `ok`, or the error's code and message. */
async function fetches(url: string): Promise<string> {
  asked = [];
  const call = async (path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const answer = await fetch(ready.url + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${ready.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body ?? {}),
    });
    return (await answer.json()) as Record<string, unknown>;
  };
  const { id } = await call('/v1/workflows', chain('Fetch', [manual(), http('call', { url })]));
  await call(`/v1/workflows/${String(id)}/publish`);
  const run = await call(`/v1/workflows/${String(id)}/runs?wait=30s`, { input: {} });
  const error = run['error'] as { code: string; message: string } | undefined;
  return error ? `${error.code}: ${error.message}` : run['status'] === 'success' ? 'ok' : JSON.stringify(run);
}

describe('egress of the seeded tenant', () => {
  it('[EGR14] reaches this machine, which it lists', async ({ expect }) => {
    expect(await fetches(`http://127.0.0.1:${port}/`)).toBe('ok');
    expect(asked).toEqual([`127.0.0.1:${port}`]);
  });

  it.for(['http://10.0.0.1/', 'http://169.254.169.254/', 'http://[fd00:ec2::254]/', 'http://192.168.1.1/'])(
    '[EGR2] refuses %s, which it does not list',
    async (url, { expect }) => {
      expect(await fetches(url)).toMatch(/^egress-refused/);
    },
  );

  it.runIf(canUnshare)('[EGR13] does not reach a public name that resolves to this machine', async ({ expect }) => {
    expect(readFileSync(resolved, 'utf8')).toMatch(/^127\.0\.0\.1\s+rebind\.example\.com/);
    expect(await fetches(`http://rebind.example.com:${port}/`)).toMatch(/address that may not be reached/);
    expect(asked).toEqual([]);
    // The line comes from another process, by a pipe of its own: the answer may be here first.
    await expect.poll(() => launcher.stderr).toMatch(/blocked by restrictPeers\(\) \(reference \w+\)/);
  });

  it.runIf(canUnshare)(
    '[EGR13] does not follow a redirect to one, or reach the private network',
    async ({ expect }) => {
      expect(await fetches(`http://127.0.0.1:${port}/to-name`)).toMatch(/address that may not be reached/);
      expect(asked).toEqual([`127.0.0.1:${port}`]);
      expect(await fetches('http://inner.example.com/')).toMatch(/address that may not be reached/);
    },
  );

  it('[EGR2] [EGR13] refuses this machine to a tenant that does not list it', async ({ expect }) => {
    await launcher.stop();
    const objects = readdirSync(join(dataDir, 'state'), { recursive: true, encoding: 'utf8' });
    const files = objects.filter((path) => path.includes('Tenant') && path.endsWith('.sqlite'));
    const profiles = files.map((path) => {
      const db = new DatabaseSync(join(dataDir, 'state', path));
      const known = db.prepare("select 1 from sqlite_master where name = 'profile'").get() !== undefined;
      const { changes } = known
        ? db.prepare("update profile set egress = ? where id = 'local'").run('{"allow":[],"deny":[]}')
        : { changes: 0 };
      db.close();
      return Number(changes);
    });
    expect(profiles.filter((changes) => changes === 1)).toHaveLength(1);
    await start();
    expect(await fetches(`http://127.0.0.1:${port}/`)).toMatch(/^egress-refused/);
    if (canUnshare) expect(await fetches(`http://rebind.example.com:${port}/`)).toMatch(/may not be reached/);
    expect(asked).toEqual([]);
  });
});
