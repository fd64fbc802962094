import { request } from 'node:http';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { CodeHost } from '../../scripts/serve/code-host.ts';
import { startCodeHost } from '../../scripts/serve/code-host.ts';
import { encodeCall } from '../../workers/code-host/protocol.ts';
import { removeDataDir, temporaryDataDir } from '../harness/launcher.ts';
import { eventually } from '../harness/processes.ts';

const IDLE_MS = 1_500;
let dataDir: string;
let host: CodeHost;
const log: string[] = [];

beforeAll(async () => {
  dataDir = temporaryDataDir();
  host = await startCodeHost({ dataDir, onLog: (line) => log.push(line), idleMs: IDLE_MS });
});
afterAll(async () => {
  await host.stop();
  removeDataDir(dataDir);
});

const BODY = encodeCall({
  id: 'acme:1',
  language: 'javascript',
  code: 'return 1',
  meta: '{}',
  items: '[]',
  nodes: '{}',
  limitMs: 1_000,
});
/** Whatever the code comes to: any answer will do. */
const call = (): Promise<number> =>
  new Promise((done, fail) => {
    const sent = request({ socketPath: host.socket, path: '/run', method: 'POST', agent: false }, (reply) => {
      reply.resume().on('end', () => done(reply.statusCode ?? 0));
    });
    sent.on('error', fail);
    sent.end(BODY);
  });

describe('code host that nobody needs', () => {
  it('is not there before the first call, and is given back after the last', async ({ expect }) => {
    expect(host.pid()).toBe(0);
    expect(await call()).toBeGreaterThanOrEqual(200);
    expect(host.pid()).toBeGreaterThan(0);
    await eventually('its end', () => host.pid() === 0);
    expect(host.restarts()).toEqual({ hung: 0, memory: 0, idle: 1, died: 0 });
    expect(log.join('\n')).not.toContain('ended');
  });

  it('is started once for many calls, and stays while they keep coming', async ({ expect }) => {
    const before = host.restarts();
    await Promise.all(Array.from({ length: 20 }, call));
    const pid = host.pid();
    for (let elapsed = 0; elapsed < IDLE_MS * 2; elapsed += 250) {
      await call();
      await new Promise((done) => setTimeout(done, 250));
    }
    expect(host.pid()).toBe(pid);
    expect(host.restarts()).toEqual(before);
  });
});
