import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { type ReadCall, type TransformItem } from '../../core/node/transform.ts';
import type { NodeError } from '../../core/node/kit.ts';
import { builtSatellite } from '../../scripts/satellites/build.ts';
import { satellites } from '../../scripts/satellites/list.ts';
import { type OnDemand, startOnDemand } from '../../scripts/serve/on-demand.ts';
import { RuntimeProcesses } from '../../scripts/serve/runtime-processes.ts';
import { satelliteConfig } from '../../scripts/serve/satellite-config.ts';
import { socketFetcher } from '../code-host/testing.ts';
import { remoteRunner } from '../executor/effects/transform/remote.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const HANG_MS = 500;
const MB = 1024 * 1024;

let dir: string;
let running: OnDemand;
beforeAll(async () => {
  const satellite = satellites(ROOT).find(({ folder }) => folder === 'transforms');
  if (!satellite) throw new Error('There is no transforms satellite');
  const built = await builtSatellite(ROOT, satellite);
  dir = mkdtempSync(join(tmpdir(), 'transforms-'));
  running = await startOnDemand({
    name: 'transforms',
    dir,
    config: (socket) => satelliteConfig(built, dir, socket),
    limits: { hangMs: HANG_MS, idleMs: 2_500, maxIdleRssBytes: 1024 * MB, maxBusyRssBytes: 2048 * MB },
    processes: new RuntimeProcesses(dir),
    onLog: () => undefined,
  });
}, 120_000);
afterAll(async () => {
  await running.stop();
  rmSync(dir, { recursive: true, force: true });
});

async function run(transform: string, ...calls: ReadCall[]): Promise<(TransformItem[] | NodeError)[]> {
  const runner = remoteRunner(
    socketFetcher(() => running.socket),
    { transform, nowMs: 0, zone: 'UTC' },
  );
  const outcomes = [];
  for await (const outcome of runner.run(calls)) outcomes.push(outcome);
  return outcomes;
}

const text = (markdown: string): ReadCall => ({
  parameters: { toHtml: true, text: markdown, options: {} },
  files: {},
});
/** A picture of 39 megapixels, scaled with care and packed without loss: many times HANG_MS in one go. */
const huge: ReadCall = {
  parameters: {
    steps: [
      { operation: 'create', width: 6_240, height: 6_240, backgroundColor: '#ff8800ff' },
      { operation: 'resize', width: 6_239, height: 6_239, resizeOption: 'ignoreAspectRatio' },
    ],
    output: 'data',
    options: { format: 'webp' },
  },
  files: {},
};
const gzip = (bytes: Uint8Array<ArrayBuffer>): ReadCall => ({
  parameters: {
    operation: 'compress',
    names: ['data'],
    output: 'data',
    outputFormat: 'gzip',
    fileName: 'a.gz',
    json: {},
  },
  files: { data: { bytes, mimeType: 'text/plain', fileName: 'a' } },
});

describe('the transforms Worker in a process of its own', { timeout: 60_000 }, () => {
  it('starts with the first call, and many at once', async ({ expect }) => {
    expect(running.pid()).toBe(0);
    const made = await Promise.all(Array.from({ length: 8 }, () => run('markdown', text('# hi'), text('*x*'))));
    for (const outcomes of made) expect(JSON.stringify(outcomes)).toMatch(/<h1.*hi.*<em>x/);
    expect(running.pid()).toBeGreaterThan(0);
  });

  it('takes and gives bytes as they are', async ({ expect }) => {
    const bytes = crypto.getRandomValues(new Uint8Array(60_000));
    const [packed] = await run('compression', gzip(bytes));
    if (!Array.isArray(packed)) throw packed ?? new Error('nothing came');
    const file = packed[0]?.files?.['data'];
    if (!file || !('bytes' in file)) throw new Error('There is no file');
    const stream = new Blob([file.bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    expect(new Uint8Array(await new Response(stream).arrayBuffer())).toEqual(bytes);
  });

  it('[TRF2] is replaced when one call holds it; that call fails, by name, and the others do not', async ({
    expect,
  }) => {
    const before = running.restarts().hung;
    const [bad, good] = await Promise.all([
      run('edit-image', huge),
      (async () => {
        const seen = [];
        for (let n = 0; n < 10; n++) seen.push(...(await run('markdown', text(`# ${n}`))));
        return seen;
      })(),
    ]);
    expect(bad).toMatchObject([{ name: 'NodeError', code: 'transform-stopped' }]);
    expect(JSON.stringify(good)).toMatch(/<h1.*0.*<h1.*9/);
    expect(running.restarts().hung - before).toBeGreaterThanOrEqual(2);
  });

  it('[TRF2] calls behind the one that was stopped are made', async ({ expect }) => {
    const small: ReadCall = {
      ...huge,
      parameters: { ...huge.parameters, steps: [{ operation: 'create', width: 8, height: 8 }] },
    };
    const outcomes = await run('edit-image', small, huge, small);
    expect(outcomes.map((outcome) => (Array.isArray(outcome) ? 'made' : outcome.code))).toEqual([
      'made',
      'transform-stopped',
      'made',
    ]);
  });

  it('is given back when nobody calls', async ({ expect }) => {
    await run('markdown', text('x'));
    const end = performance.now() + 15_000;
    while (running.pid() !== 0 && performance.now() < end) await new Promise((done) => setTimeout(done, 100));
    expect([running.pid(), running.restarts().idle]).toEqual([0, 1]);
    expect(JSON.stringify(await run('markdown', text('# again')))).toContain('again');
  });
});
