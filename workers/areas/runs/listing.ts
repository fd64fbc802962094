import type { ListCall, RunHead, RunnerRpc } from '../../../durable-objects/runner/protocol.ts';
import { readCursor, writeCursor } from '../../kit/cursor.ts';
import { problemsOf } from '../../kit/problem.ts';
import { valueOf } from '../../kit/refusal.ts';
import { errors } from './contract.ts';

const problem = problemsOf(errors);

export type Filter = Omit<ListCall, 'cursor' | 'limit'>;

/** Where each shard's list goes on: at its own cursor, after so many of that page were given out already. */
interface ShardPlace {
  cursor?: string;
  skip: number;
  /** True when the shard has no more. */
  end?: true;
}

interface Place {
  /** Runs that start later stay out, so that pages neither repeat nor miss. */
  untilMs: number;
  shards: ShardPlace[];
}

interface ListPorts {
  runner(shard: number): Pick<RunnerRpc, 'list'>;
  shards(): Promise<number>;
  now(): number;
}

/** One page over all shards, newest first. */
export async function listRuns(
  ports: ListPorts,
  filter: Filter,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
) {
  const count = await ports.shards();
  const place = cursor === undefined ? undefined : placeOf(cursor);
  const untilMs = Math.min(filter.untilMs ?? Infinity, place?.untilMs ?? ports.now());
  const pages = await Promise.all(
    Array.from({ length: count }, (_, shard) =>
      pageOf(ports, shard, { ...filter, untilMs, limit }, place?.shards[shard]),
    ),
  );
  const merged = pages
    .flatMap(({ runs, shard }) => runs.map((run) => ({ run, shard })))
    .sort((a, b) => b.run.startedAt - a.run.startedAt)
    .slice(0, limit);
  const shards = pages.map((page) => placeAfter(page, merged.filter(({ shard }) => shard === page.shard).length));
  const more = shards.some(({ end }) => end !== true) ? { cursor: writeCursor({ untilMs, shards }) } : {};
  return { runs: merged.map(({ run }) => ({ ...run })), ...more };
}

interface Page {
  shard: number;
  runs: RunHead[];
  /** Where this page began, and where the next one does (absent at the end). */
  from: ShardPlace;
  next?: string;
}

async function pageOf(ports: ListPorts, shard: number, call: ListCall, from: ShardPlace = { skip: 0 }): Promise<Page> {
  if (from.end) return { shard, runs: [], from };
  const asked = {
    ...call,
    limit: call.limit + from.skip,
    ...(from.cursor === undefined ? {} : { cursor: from.cursor }),
  };
  const { runs, cursor } = valueOf(await ports.runner(shard).list(asked));
  return { shard, runs: runs.slice(from.skip), from, ...(cursor === undefined ? {} : { next: cursor }) };
}

function placeAfter({ runs, from, next }: Page, used: number): ShardPlace {
  if (from.end) return from;
  if (used < runs.length) return { ...from, skip: from.skip + used };
  return next === undefined ? { skip: 0, end: true } : { cursor: next, skip: 0 };
}

function placeOf(cursor: string): Place {
  const state = readCursor(cursor) as Partial<Place> | null | undefined;
  const valid =
    typeof state === 'object' &&
    state !== null &&
    typeof state.untilMs === 'number' &&
    Array.isArray(state.shards) &&
    state.shards.every(
      (each) => typeof each === 'object' && each !== null && Number.isInteger(each.skip) && each.skip >= 0,
    );
  if (!valid) throw problem('cursor-invalid', { hint: 'Give back the cursor of the page before, unchanged.' });
  return state as Place;
}
