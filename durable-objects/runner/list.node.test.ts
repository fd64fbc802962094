import fc from 'fast-check';
import { describe, it } from 'vitest';
import { listRuns } from './list.ts';
import type { ListCall, RunHead } from './protocol.ts';
import type { RunnerStore, SealedRow, StoredHead } from './store.ts';

interface Segment {
  slot: number;
  heads: StoredHead[];
}

const isLive = ({ status }: StoredHead): boolean => status === 'running' || status === 'waiting';

/** A store of these segments, oldest first: the first `sealed` of them in archives of three. */
function storeOf(segments: readonly Segment[], sealed: number): RunnerStore {
  const open = segments.filter((segment, index) => index >= sealed || segment.heads.some(isLive));
  const closed = segments.filter((segment) => !open.includes(segment));
  const blocks: SealedRow[] = [];
  for (let from = 0; from < closed.length; from += 3) {
    const part = closed.slice(from, from + 3);
    blocks.push({
      first: part[0]?.slot ?? 0,
      last: part.at(-1)?.slot ?? 0,
      object: '',
      heads: JSON.stringify(part),
    });
  }
  const below = (slot: number, limit: number) =>
    open
      .filter((segment) => segment.slot < slot)
      .toReversed()
      .slice(0, limit);
  return {
    headsBelow: (slot: number, limit: number) =>
      below(slot, limit).map(({ slot: at, heads }) => ({
        slot: at,
        heads: JSON.stringify(heads),
        live: heads.filter(isLive).length,
      })),
    liveHeadsBelow: (slot: number, limit: number) =>
      below(slot, Infinity)
        .filter(({ heads }) => heads.some(isLive))
        .slice(0, limit),
    sealedBelow: (slot: number) => blocks.findLast(({ first }) => first < slot),
  } as unknown as RunnerStore;
}

function all(store: RunnerStore, call: Omit<ListCall, 'limit' | 'cursor'>, limit: number): string[] {
  const found: string[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < 200; page++) {
    const reply = listRuns(
      store,
      () => undefined,
      { ...call, limit, ...(cursor === undefined ? {} : { cursor }) },
      5_000,
    );
    found.push(...reply.runs.map(({ id }) => id));
    if (reply.cursor === undefined) return found;
    ({ cursor } = reply);
  }
  throw new Error('endless');
}

const words = fc.constantFrom(
  'a',
  'B"c',
  'd\\e',
  'Kelvin \u212a',
  '\u0130stanbul',
  'ς',
  '"status":"error"',
  'line\nbreak',
);
const head = fc.record({
  workflow: words,
  version: fc.constantFrom('7', '7@staging', 'draft:1', 'draft'),
  status: fc.constantFrom('success', 'error', 'running', 'waiting' as const),
  mode: fc.constantFrom('production', 'manual' as const),
  trigger: fc.constantFrom('webhook', 'manual'),
  by: fc.option(fc.constantFrom('usr_a', 'usr_b'), { nil: undefined }),
  tookMs: fc.nat(100),
  message: fc.option(words, { nil: undefined }),
});
const history = fc.array(fc.array(head, { maxLength: 4 }), { maxLength: 20 }).map((segments) => {
  let n = 0;
  return segments.map((heads, index) => ({
    slot: 1024 * (index + 1),
    heads: heads.map(({ tookMs, message, by, ...rest }) => {
      const startedAt = 1_000 + 10 * n;
      const made = { id: `run_0_${index}_${n++}`, ...rest, startedAt, steps: 1, last: 0 } as StoredHead;
      if (!isLive(made)) made.finishedAt = startedAt + tookMs;
      if (by !== undefined) made.startedBy = { kind: 'member', id: by };
      if (message !== undefined) made.error = { code: 'x', message };
      return made;
    }),
  }));
});
const call = fc.record(
  {
    status: fc.uniqueArray(fc.constantFrom('success', 'error', 'waiting' as const), { minLength: 1 }),
    workflow: words,
    workflows: fc.array(words, { maxLength: 3 }),
    version: fc.constantFrom('7', 'draft', '7@staging'),
    environment: fc.constantFrom('production', 'staging'),
    mode: fc.constantFrom('production', 'manual' as const),
    trigger: fc.constantFrom('webhook', 'manual'),
    startedBy: fc.constantFrom('usr_a', 'usr_b'),
    text: fc.oneof(words, fc.constantFrom('k', 'i', 'KELVIN', 'C', '\\', '"', 'error', 'break', 'RUN_0')),
    minTookMs: fc.nat(100),
    sinceMs: fc.integer({ min: 990, max: 1_800 }),
    untilMs: fc.integer({ min: 990, max: 1_800 }),
  },
  { requiredKeys: [] },
);

/** The same, said plainly. */
function isAsked(run: RunHead, asked: Omit<ListCall, 'limit'>): boolean {
  const tookMs = (run.finishedAt ?? 5_000) - run.startedAt;
  const environment = run.version.split('@')[1] ?? 'production';
  const has = (text: string | undefined): boolean =>
    text?.toLowerCase().includes((asked.text ?? '').toLowerCase()) ?? false;
  return (
    (asked.status?.includes(run.status) ?? true) &&
    (asked.workflow ?? run.workflow) === run.workflow &&
    (asked.workflows?.includes(run.workflow) ?? true) &&
    (asked.environment ?? environment) === environment &&
    (asked.version === undefined ||
      asked.version === run.version ||
      (asked.version === 'draft' && run.version.startsWith('draft:'))) &&
    (asked.mode ?? run.mode) === run.mode &&
    (asked.trigger ?? run.trigger) === run.trigger &&
    (asked.startedBy ?? run.startedBy?.id) === run.startedBy?.id &&
    tookMs >= (asked.minTookMs ?? 0) &&
    run.startedAt >= (asked.sinceMs ?? 0) &&
    run.startedAt <= (asked.untilMs ?? Infinity) &&
    (has(run.id) || has(run.workflow) || has(run.error?.code) || has(run.error?.message))
  );
}

describe('the list of a shard', () => {
  it('[RNS2] gives what is asked for, newest first, whatever is skipped unread', ({ expect }) => {
    fc.assert(
      fc.property(history, fc.nat(20), call, fc.integer({ min: 1, max: 5 }), (segments, sealed, asked, limit) => {
        const heads = segments.flatMap((segment) => segment.heads).toReversed();
        const expected = heads.filter((run) => isAsked(run, asked)).map(({ id }) => id);
        expect(all(storeOf(segments, sealed), asked, limit)).toEqual(expected);
      }),
      { numRuns: 3_000 },
    );
  });

  it('[RNS2] stops at what one request may read, and goes on from there', ({ expect }) => {
    const error = { code: 'x', message: 'm'.repeat(490) };
    const segments = Array.from({ length: 40 }, (_, index) => ({
      slot: 1024 * (index + 1),
      heads: Array.from({ length: 1_000 }, (__, n): StoredHead => {
        const about = { workflow: 'w', version: '1', status: 'error', mode: 'manual', trigger: 'manual' } as const;
        return { id: `run_${index}_${n}`, ...about, startedAt: index, finishedAt: index, steps: 1, last: 0, error };
      }),
    }));
    const store = storeOf(segments, 30);
    const first = listRuns(store, () => undefined, { minTookMs: 10, limit: 5 });
    expect(first).toEqual({ runs: [], cursor: expect.stringMatching(/^\d+\.0$/) as string });
    expect(Number(first.cursor?.split('.')[0])).toBeGreaterThan(1024 * 10);
    expect(all(store, { minTookMs: 10 }, 5)).toEqual([]);
    expect(all(store, { workflow: 'nobody' }, 5)).toEqual([]);
    expect(listRuns(store, () => undefined, { workflow: 'nobody', limit: 5 })).toEqual({ runs: [] });
  });
});
