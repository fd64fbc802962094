import { describe, it } from 'vitest';
import type { ListCall, RunHead } from '../../../durable-objects/runner/protocol.ts';
import { listRuns } from './listing.ts';

const head = (shard: number, startedAt: number): RunHead => ({
  id: `run_${shard}_${startedAt.toString(36)}_0`,
  workflow: 'wf',
  version: '1',
  status: 'success',
  mode: 'production',
  trigger: 'webhook',
  startedAt,
  steps: 1,
});

/** Shards whose lists are arrays, newest first; a cursor is the number of runs before it. */
function shardsOf(lists: RunHead[][], nowMs = 1_000_000) {
  const list =
    (shard: number) =>
    async ({ limit, cursor, untilMs = Infinity }: ListCall) => {
      const all = (lists[shard] ?? [])
        .filter((run) => run.startedAt <= untilMs)
        .sort((a, b) => b.startedAt - a.startedAt);
      const from = Number(cursor ?? 0);
      const end = from + limit;
      return {
        ok: true as const,
        value: { runs: all.slice(from, end), ...(end < all.length ? { cursor: String(end) } : {}) },
      };
    };
  return { runner: (shard: number) => ({ list: list(shard) }), shards: async () => lists.length, now: () => nowMs };
}

async function everything(ports: ReturnType<typeof shardsOf>, limit: number, between: () => void = () => {}) {
  const seen: RunHead[] = [];
  let cursor: string | undefined;
  do {
    const page = await listRuns(ports, {}, { limit, cursor });
    if (page.runs.length > limit) throw new Error('a page too long');
    seen.push(...page.runs);
    cursor = 'cursor' in page ? page.cursor : undefined;
    between();
  } while (cursor !== undefined);
  return seen;
}

describe('[RNS2] the list over shards', () => {
  it('is newest first and complete, for any page size', async ({ expect }) => {
    const lists = [
      Array.from({ length: 40 }, (_, index) => head(0, 1_000 + index * 7)),
      Array.from({ length: 3 }, (_, index) => head(1, 1_001 + index * 90)),
      [],
      Array.from({ length: 25 }, (_, index) => head(3, 1_200 + index)),
    ];
    const wanted = lists
      .flat()
      .sort((a, b) => b.startedAt - a.startedAt)
      .map(({ startedAt }) => startedAt);
    for (const limit of [1, 2, 7, 25, 67, 68, 200]) {
      const seen = await everything(shardsOf(lists), limit);
      expect(seen.map(({ startedAt }) => startedAt)).toEqual(wanted);
      expect(new Set(seen.map(({ id }) => id)).size).toBe(68);
    }
  });

  it('neither repeats nor misses when runs start between pages', async ({ expect }) => {
    const lists = [
      Array.from({ length: 10 }, (_, index) => head(0, index + 1)),
      Array.from({ length: 10 }, (_, index) => head(1, index + 1)),
    ];
    let later = 500;
    const seen = await everything(shardsOf(lists, 400), 3, () => {
      for (const [shard, list] of lists.entries()) list.push(head(shard, later++));
    });
    expect(seen).toHaveLength(20);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(20);
  });

  it('refuses a cursor that is not its own', async ({ expect }) => {
    for (const cursor of [
      '',
      'x',
      btoa('null'),
      btoa('[]'),
      btoa('{"untilMs":1}'),
      btoa('{"untilMs":1,"shards":[{"skip":-1}]}'),
    ]) {
      await expect(listRuns(shardsOf([[]]), {}, { limit: 5, cursor }), cursor).rejects.toMatchObject({
        code: 'cursor-invalid',
      });
    }
  });
});
