import { launch } from '../launcher.ts';
import { median, round } from '../results.ts';
import type { BenchContext, Section } from '../section.ts';
import { requireWrk, wrk } from '../wrk.ts';

const RUNS = 100_000;
const PAGES = 20;
type Query = Record<string, string>;

/** One page of the list of runs, of a tenant with a hundred thousand: the first, those far down, and narrowed ones. */
async function run(context: BenchContext) {
  requireWrk();
  const server = await launch({ dataDir: context.folder('run-list') });
  try {
    let made = 0;
    while (made < RUNS) {
      const { requests, errors } = await wrk({
        url: server.hookUrl,
        method: 'POST',
        body: '{"a":1}',
        headers: { 'content-type': 'application/json' },
        connections: 64,
        seconds: 10,
      });
      if (errors > 0) throw new Error(`${errors} of ${requests} calls failed`);
      made += requests;
      context.say(`  ${made} runs`);
    }
    const one = (await server.client.call('GET /v1/runs', { query: { limit: 1 } })).runs[0];
    const timed = async (query: Query): Promise<{ ms: number; cursor?: string | undefined }> => {
      const startedAt = performance.now();
      const { cursor } = await server.client.call('GET /v1/runs', { query: { limit: 50, ...query } });
      return { ms: performance.now() - startedAt, cursor };
    };
    const narrowed = async (query: Query): Promise<number> => {
      const times: number[] = [];
      for (let time = 0; time < PAGES; time++) times.push((await timed(query)).ms);
      return round(median(times), 1);
    };
    const deep: number[] = [];
    let cursor: string | undefined;
    // big steps down to the last tenth, then pages as people ask for them
    for (let skipped = 0; skipped < RUNS * 0.9; skipped += 200) {
      const page = await server.client.call('GET /v1/runs', { query: { limit: 200, ...(cursor ? { cursor } : {}) } });
      cursor = page.cursor;
    }
    for (let page = 0; page < PAGES && cursor !== undefined; page++) {
      const { ms, cursor: next } = await timed({ cursor });
      deep.push(ms);
      cursor = next;
    }
    const runList = {
      runs: made,
      first: await narrowed({}),
      deep: round(median(deep), 1),
      waiting: await narrowed({ status: 'waiting' }),
      failed: await narrowed({ status: 'error' }),
      text: await narrowed({ text: one?.id.slice(0, -1) ?? '' }),
      workflow: await narrowed({ workflow: 'none' }),
      version: await narrowed({ version: 'draft' }),
      environment: await narrowed({ environment: 'staging' }),
      slow: await narrowed({ minTook: '60000' }),
      old: await narrowed({ until: String((one?.startedAt ?? 0) - 86_400_000) }),
      nothing: await narrowed({ text: 'no run says this' }),
    };
    return { results: { runList } };
  } finally {
    await server.stop();
  }
}

export const section: Section = { name: 'run-list', run };
