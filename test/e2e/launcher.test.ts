import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { Launcher, removeDataDir, temporaryDataDir } from '../harness/launcher.ts';
import type { Ready } from '../harness/launcher.ts';
import { eventually, type Process, processesNaming } from '../harness/processes.ts';

const linux = existsSync('/proc/self/environ');
const SLOW = { timeout: 180_000 };
let dataDir: string;
let launcher: Launcher;
let ready: Ready;

beforeAll(async () => {
  dataDir = temporaryDataDir();
  launcher = new Launcher({ dataDir });
  ready = await launcher.ready();
});
afterAll(async () => {
  await launcher.stop();
  removeDataDir(dataDir);
});

const send = async (body: unknown): Promise<Response> =>
  fetch(ready.hookUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
const runs = async (): Promise<{ id: string; status: string }[]> => {
  const answer = await fetch(`${ready.url}/v1/runs`, { headers: { authorization: `Bearer ${ready.apiKey}` } });
  return ((await answer.json()) as { runs: { id: string; status: string }[] }).runs;
};
/** All of them, once they are at rest: what is kept is the same then. */
const rested = async (): Promise<{ id: string }[]> => {
  await eventually('the end of all runs', async () => (await runs()).every(({ status }) => status === 'success'));
  return runs();
};
const workerd = (): Process[] =>
  processesNaming(`MILLRACE_PIDS=${dataDir}`).filter(({ command }) => command.includes('--binary'));

describe('npm start -- --json', () => {
  it('prints exactly one JSON line and answers the first webhook', async ({ expect }) => {
    expect(launcher.stdout).toHaveLength(1);
    expect(Object.keys(ready)).toEqual(['url', 'tenant', 'apiKey', 'hookUrl']);
    const answer = await send({ hello: 'world' });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ received: true });
    await expect.poll(() => runs()).toHaveLength(1);
  });

  it('serves the app with a strict policy, for any path that is no file', async ({ expect }) => {
    const page = await fetch(`${ready.url}/workflows/some/page`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(await page.text()).toContain('<title>Millrace</title>');
  });

  it('does not show the app folder: hidden files and listings', async ({ expect }) => {
    for (const path of ['/.assetsignore', '/%2eassetsignore', '/assets', '/assets/']) {
      expect(await (await fetch(ready.url + path)).text()).toContain('<title>Millrace</title>');
    }
  });

  it('keeps its secrets to its user', ({ expect }) => {
    for (const file of ['deployment.key', 'quickstart.json', 'run/workerd.bin']) {
      expect(statSync(join(dataDir, file)).mode & 0o077, file).toBe(0);
    }
    expect(launcher.stderr).not.toContain(readFileSync(join(dataDir, 'deployment.key'), 'utf8'));
  });

  it('refuses a second launcher on the same data', async ({ expect }) => {
    const second = new Launcher({ dataDir });
    expect(await second.exited).toBe(1);
    await expect.poll(() => second.stderr).toContain('Another launcher already uses');
    expect((await fetch(`${ready.url}/health`)).status).toBe(200);
  });

  it('refuses a port that is taken', async ({ expect }) => {
    const other = temporaryDataDir();
    const second = new Launcher({ dataDir: other, env: { PORT: new URL(ready.url).port } });
    expect(await second.exited).toBe(1);
    await expect.poll(() => second.stderr).toContain('is in use');
    removeDataDir(other);
  });

  it.runIf(linux)(
    'starts workerd again at the same address when it is killed, and forgets nothing',
    async ({ expect }) => {
      const before = await rested();
      const [{ pid }] = workerd() as [Process];
      process.kill(pid, 'SIGKILL');
      await eventually('an answer', () =>
        send({ again: true }).then(
          (answer) => answer.ok,
          () => false,
        ),
      );
      await expect
        .poll(async () => (await runs()).map(({ id }) => id))
        .toEqual(expect.arrayContaining(before.map(({ id }) => id)));
      expect(launcher.stdout).toHaveLength(1);
    },
  );

  it.runIf(linux)(
    'comes back with the same key after SIGKILL of the launcher, with no orphan left',
    async ({ expect }) => {
      const before = await rested();
      await launcher.stop('SIGKILL');
      launcher = new Launcher({ dataDir });
      const again = await launcher.ready();
      expect({ ...again, url: '', hookUrl: '' }).toEqual({ ...ready, url: '', hookUrl: '' });
      ready = again;
      // what is killed is there until the system gets to it
      await expect.poll(workerd).toHaveLength(1);
      await expect.poll(() => runs()).toEqual(before);
    },
  );

  it('takes over the data of a version that kept D1 and R2 in folders of their own', async ({ expect }) => {
    const before = await rested();
    await launcher.stop();
    const state = join(dataDir, 'state');
    for (const [folder, objects] of [
      ['d1', 'miniflare-D1DatabaseObject'],
      ['r2', 'miniflare-R2BucketObject'],
    ] as const) {
      mkdirSync(join(state, folder), { recursive: true });
      renameSync(join(state, 'do', objects), join(state, folder, objects));
    }
    launcher = new Launcher({ dataDir });
    const again = await launcher.ready();
    expect(again.apiKey).toBe(ready.apiKey);
    ready = again;
    await expect.poll(() => runs()).toEqual(before);
    expect(readdirSync(join(state, 'd1'))).toEqual([]);
  });

  it.runIf(linux)('leaves no process behind when it is told to stop', async ({ expect }) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      expect(processesNaming(dataDir).length).toBeGreaterThan(1);
      expect(await launcher.stop(signal)).toBe(0);
      await eventually('the end of all processes', () => processesNaming(dataDir).length === 0);
      launcher = new Launcher({ dataDir });
      ready = await launcher.ready();
    }
  });

  // two starts by npm, which takes its time beside other load
  it.runIf(linux)('ends with the npm that started it, whichever signal that gets', SLOW, async ({ expect }) => {
    const own = temporaryDataDir();
    try {
      for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
        const npm = new Launcher({ dataDir: own, npm: true });
        await npm.ready();
        await npm.stop(signal);
        await eventually(`the end of all processes after ${signal}`, () => processesNaming(own).length === 0);
      }
      expect(processesNaming(own)).toEqual([]);
    } finally {
      removeDataDir(own);
    }
  });

  it('names the mistake in a setting', async ({ expect }) => {
    const wrong = new Launcher({ dataDir, env: { PORT: 'eighty' } });
    expect(await wrong.exited).toBe(1);
    await expect.poll(() => wrong.stderr).toContain('PORT must be a number');
  });
});
