import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { Launched } from '../../bench/launcher.ts';
import { launch, ROOT } from '../../bench/launcher.ts';
import { removeDataDir, temporaryDataDir } from '../../harness/launcher.ts';
import { eventually } from '../../harness/processes.ts';

const CONFIG = {
  name: 'stores',
  main: 'index.js',
  compatibility_date: '2026-10-01',
  d1_databases: [{ binding: 'DB', database_id: 'stores-db' }],
  r2_buckets: [{ binding: 'FILES', bucket_name: 'stores-files' }],
  queues: {
    producers: [{ binding: 'JOBS', queue: 'stores-jobs' }],
    consumers: [{ queue: 'stores-jobs', max_batch_timeout: 1, max_retries: 2 }],
  },
};

const folder = temporaryDataDir();
let server: Launched;
const start = async (): Promise<void> => {
  const script = resolve(ROOT, 'test/bench/bare/start.ts');
  server = await launch({ dataDir: join(folder, 'data'), script, args: [join(folder, 'root')] });
};
beforeAll(async () => {
  const worker = join(folder, 'root/dist/millrace');
  mkdirSync(worker, { recursive: true });
  mkdirSync(join(folder, 'root/dist/client'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'root/node_modules'));
  copyFileSync(join(import.meta.dirname, 'worker.js'), join(worker, 'index.js'));
  writeFileSync(join(worker, 'wrangler.json'), JSON.stringify(CONFIG));
  await start();
});
afterAll(async () => {
  await server.stop();
  removeDataDir(folder);
});

const ask = async (wish: string, body?: unknown): Promise<unknown> => {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const answer = await fetch(`${server.url}/${wish}`, init);
  if (!answer.ok) throw new Error(`${wish}: ${answer.status} ${await answer.text()}`);
  return answer.json();
};

describe('the stores that the launcher gives a Worker', () => {
  it('keep rows in D1', async ({ expect }) => {
    expect(await ask('batch', ['one', 'zwei', '三'])).toEqual([
      { id: 1, text: 'one' },
      { id: 2, text: 'zwei' },
      { id: 3, text: '三' },
    ]);
  });

  it('read rows of D1 the short way as the long way does, and nothing else that way', async ({ expect }) => {
    const { short, long, unknown, several, one, writing, batched } = (await ask('reads')) as Record<string, unknown[]>;
    expect(short).toEqual(long);
    expect(short?.[1]).toMatchObject([
      { id: 1, a: 0.5, c: [0, 255], d: null, b2: 0.5, n: 2 },
      { id: 2, a: -3, b: '', c: null, d: 'é' },
    ]);
    expect(unknown?.[0]).toMatch(/^D1_ERROR: no such column: missing/);
    expect(writing).toEqual([1, 1]);
    // Several statements in one are refused as D1 does, whatever they begin with: nothing of them ran.
    const refused = expect.stringMatching(/one SQL statement at a time/) as string;
    expect(several).toEqual([refused, refused, 1]);
    expect(one).toEqual([{ a: ';', ';': "it's; \u0000 x" }]);
    expect(batched).toEqual([[{ x: 1 }], [{ y: 'é' }]]);
  });

  it('keep files in R2: parts, conditions, lists, metadata', async ({ expect }) => {
    const text = 'abcdefgh'.repeat(10_000);
    expect(await ask('files', { text })).toEqual({
      etag: true,
      part: 'bcd',
      refused: null,
      listed: ['a/one', 'a/two'],
      gone: null,
      head: { httpMetadata: { contentType: 'text/plain' }, customMetadata: { by: 'test' }, size: text.length },
    });
  });

  it('bring messages of a queue, and what was refused again', async ({ expect }) => {
    await ask('send', { n: 1, fails: true });
    const seen = async (): Promise<unknown[]> => (await ask('seen')) as unknown[];
    await eventually('three deliveries', async () => (await seen()).length === 3);
    const of = (body: unknown, attempts: number) => ({ queue: 'stores-jobs', body, attempts });
    const [refused, again] = [of({ n: 1, fails: true }, 1), of({ n: 1, fails: true }, 2)];
    const came = await seen();
    // what was sent a second later may come before or after what is brought again
    expect(came).toEqual(expect.arrayContaining([refused, of({ n: 'batched' }, 1), again]));
    expect(came.filter((each) => (each as { body: { n: unknown } }).body.n === 1)).toEqual([refused, again]);
  });

  it('have both after a SIGKILL', async ({ expect }) => {
    await server.kill();
    await start();
    expect(await ask('notes')).toEqual(['one', 'zwei', '三']);
    expect(await ask('file')).toBe('abcdefgh'.repeat(10_000));
  });
});
