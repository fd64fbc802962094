import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { Launcher, removeDataDir, temporaryDataDir } from '../harness/launcher.ts';
import type { Ready } from '../harness/launcher.ts';
import { processesNaming } from '../harness/processes.ts';
import { chain, manual, node, set, workflow } from '../served/documents.ts';

const linux = existsSync('/proc/self/environ');
/**
 * Silent while it takes so much processor time: its event loop is held. Not by the clock, which on a busy machine says
 * little. The launcher's own watchdog waits for six seconds.
 */
const HELD_CPU_S = 0.5;
/** What a start takes before the first answer. */
const START_CPU_S = 0.7;

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

interface View {
  status: string;
  error?: { code: string };
  nodes: { node: string; status: string; error?: { code: string } }[];
}

async function api<T>(path: string, body?: unknown): Promise<T> {
  const answer = await fetch(ready.url + path, {
    headers: { authorization: `Bearer ${ready.apiKey}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  return (await answer.json()) as T;
}

async function begin(document: unknown): Promise<string> {
  const { id } = await api<{ id: string }>('/v1/workflows', document);
  await api(`/v1/workflows/${id}/publish`, {});
  return (await api<{ id: string }>(`/v1/workflows/${id}/runs`, { input: {} })).id;
}

const answers = (): Promise<boolean> =>
  fetch(`${ready.url}/health`, { signal: AbortSignal.timeout(400) }).then(
    (answer) => answer.ok,
    () => false,
  );

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const product = (): number | undefined =>
  processesNaming(`MILLRACE_PIDS=${dataDir}`).find(({ command }) => /workerd serve.*--binary/.test(command))?.pid;

/** Seconds of processor time a process took so far. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Kills the product whenever its event loop is held, until `done`; how often. */
async function killWhenHeld(done: () => Promise<boolean>): Promise<number> {
  let kills = 0;
  let last = { pid: 0, cpu: 0 };
  for (;;) {
    const isUp = await answers();
    const pid = product();
    if (pid === undefined) continue;
    if (pid !== last.pid) last = { pid, cpu: START_CPU_S };
    if (isUp) {
      last.cpu = cpuSeconds(pid);
      const ended = await Promise.race([done().catch(() => false), later(400).then(() => false)]);
      if (ended) return kills;
    } else if (cpuSeconds(pid) - last.cpu > HELD_CPU_S) {
      process.kill(pid, 'SIGKILL');
      kills++;
    }
    await later(20);
  }
}

const pause = (seconds: number) =>
  node('pause', 'wait', 1.1, { resume: 'timeInterval', amount: seconds, unit: 'seconds' });
const people = (id: string) =>
  node(id, 'debug-helper', 1, {
    category: 'randomData',
    randomDataType: 'user',
    randomDataCount: 1_000,
    randomDataSeed: id,
  });

const fields = (prefix: string) =>
  Object.fromEntries(Array.from({ length: 6 }, (_, n) => [`${prefix}${n}`, `value ${n}`]));

describe('a step that holds the event loop until the process is killed', { timeout: 240_000 }, () => {
  it.runIf(linux)('[SHD25] fails by name; the server and the other runs go on', async ({ expect }) => {
    // every item with every other: a million, each with both their fields
    const deadly = workflow(
      'Deadly',
      [
        manual(),
        pause(1),
        people('a'),
        people('b'),
        set('a2', fields('a')),
        set('b2', fields('b')),
        node('all', 'merge', 3, { mode: 'combine', combineBy: 'combineAll' }),
      ],
      [
        ['start', 'pause'],
        ['pause', 'a'],
        ['pause', 'b'],
        ['a', 'a2'],
        ['b', 'b2'],
        ['a2', 'all'],
        ['b2', 'all:1'],
      ],
    );
    const sound = chain('Sound', [manual(), pause(3), set('mark', { seen: true })]);
    const bad = await begin(deadly);
    const good = await begin(sound);
    const view = (id: string): Promise<View> => api<View>(`/v1/runs/${id}`);
    const kills = await killWhenHeld(async () => ['success', 'error'].includes((await view(bad)).status));
    const given = await view(bad);
    expect([given.status, given.error?.code]).toEqual(['error', 'step-killed-host']);
    expect(given.nodes.at(-1)).toMatchObject({ node: 'all', status: 'error', error: { code: 'step-killed-host' } });
    // a busy machine may look held now and then
    expect(kills).toBeGreaterThanOrEqual(3);
    expect(kills).toBeLessThanOrEqual(8);
    expect((await api<View>(`/v1/runs/${good}?wait=30s`)).status).toBe('success');
    expect((await fetch(ready.hookUrl, { method: 'POST', body: '{}' })).status).toBe(200);
  });
});
