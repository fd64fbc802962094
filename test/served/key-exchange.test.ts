import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { totpCode } from '../harness/authenticator.ts';
import { chain, http, manual } from './documents.ts';
import { organization, PASSWORD } from './people.ts';
import { readAnswer, Server } from './server.ts';

/** The deployment's key is exchanged as docs/guide/credentials.md says, on the product as it is served. */
let server: Server;
let echo: HttpServer;
const heard: string[] = [];

beforeAll(async () => {
  echo = createServer((request, response) => {
    heard.push(`${request.headers['x-held']} ${request.headers['x-variable']}`);
    response.end('{}');
  });
  await new Promise<void>((ready) => echo.listen(0, '127.0.0.1', ready));
  server = await Server.start();
});
afterAll(async () => {
  echo.close();
  await server.stop();
});

const keys = (): string[] => readFileSync(join(server.dataDir, 'deployment.key'), 'utf8').trim().split('\n');

async function rotate(): Promise<{ step: string; rewrapped?: number }> {
  const cli = [join(import.meta.dirname, '../../sdk/cli/millrace.mjs'), 'vault', 'rotate', '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...cli,
    '--data',
    server.dataDir,
    '--url',
    server.ready.url,
  ]);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as { step: string };
}

async function post(path: string, body: unknown, headers: Record<string, string>) {
  const response = await fetch(server.ready.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.ready.url, ...headers },
    body: JSON.stringify(body),
  });
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  return { ...(await readAnswer(response)), cookie };
}

const EMAIL = 'owner@key-exchange.test';

/** Signing in with a password and a second factor. */
async function signsIn(path: string, code: string): Promise<number> {
  const half = await post('/auth/sign-in/email', { email: EMAIL, password: PASSWORD }, {});
  return (await post(path, { code }, { cookie: half.cookie })).status;
}

describe('[CRD9, IDN18] exchanging the key of the deployment', () => {
  it('leaves everything readable, before and after the old key is gone', { timeout: 240_000 }, async ({ expect }) => {
    const { browser } = await organization(server, 'key-exchange');
    const enabled = await post('/auth/two-factor/enable', { password: PASSWORD }, browser);
    const uri = String(enabled.json?.['totpURI']);
    const [first = '', second = ''] = (enabled.json?.['backupCodes'] ?? []) as string[];
    expect((await post('/auth/two-factor/verify-totp', { code: await totpCode(uri) }, browser)).status).toBe(200);

    const values = { name: 'x-held', value: 'held-by-a-credential' };
    const { id } = await server.ok('POST', '/v1/credentials', { type: 'httpHeaderAuth', name: 'Held', values });
    await server.ok('PUT', '/v1/variables/production/TOKEN', { value: 'held-by-a-variable', secret: true });
    const connection = { kind: 'oidc', name: 'IdP', settings: { issuer: 'https://idp.example.com', clientId: 'x' } };
    await server.ok('POST', '/v1/sso-connections', { ...connection, secret: 'held-by-a-connection' });
    const ask = http(
      'ask',
      {
        url: `http://127.0.0.1:${(echo.address() as AddressInfo).port}/`,
        authentication: 'genericCredentialType',
        genericAuthType: 'httpHeaderAuth',
        sendHeaders: true,
        headerParameters: { parameters: [{ name: 'x-variable', value: '={{ $vars.TOKEN }}' }] },
      },
      { credentials: { httpHeaderAuth: { id: String(id), name: 'Held' } } },
    );
    const flow = await server.publish(chain('Asks', [manual(), ask]));
    const reads = async (): Promise<unknown> => {
      const run = await server.start(flow, { input: {} });
      return [run.status, heard.pop()];
    };
    const readable = ['success', 'held-by-a-credential held-by-a-variable'];
    expect(await reads()).toEqual(readable);

    const [old] = keys();
    expect((await rotate()).step).toBe('added');
    expect(keys()).toHaveLength(2);
    await server.restart();
    expect(await reads()).toEqual(readable);
    expect(await signsIn('/auth/two-factor/verify-backup-code', first)).toBe(200);

    const done = await rotate();
    expect(done).toMatchObject({ step: 'rewrapped', left: 0 });
    // A data key, the secret of the connection, the second factor.
    expect(done.rewrapped).toBeGreaterThanOrEqual(3);
    expect(keys()).toHaveLength(1);
    expect(keys()).not.toContain(old);
    await server.restart();
    expect(await reads()).toEqual(readable);
    expect(await signsIn('/auth/two-factor/verify-totp', await totpCode(uri, 1))).toBe(200);
    expect(await signsIn('/auth/two-factor/verify-backup-code', second)).toBe(200);
    expect(server.launcher.stderr).not.toContain('"error"');
  });
});
