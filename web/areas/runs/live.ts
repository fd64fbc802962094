import { type InfiniteData, type Query, type QueryClient, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import type { StreamEvent } from '../../data/event-stream.ts';
import { useFollowed } from '../../data/live.ts';
import { useSession } from '../../session/session.tsx';
import { type InboxData, runQuery } from './queries.ts';
import { isOver, type RunHead, type RunView } from './status.ts';

const LIST_MS = 1_000;
const RUN_MS = 250;

/** Reads lists of runs, and each run that is shown, again when one changes. False: it is not told, so poll. */
export function useLiveRuns(isOff = false): boolean {
  const { tenant, client } = useSession();
  return useFollowed({
    name: `runs of ${tenant}`,
    open: (options) => client.open('GET /v1/runs/events', {}, options),
    onTold: (queries, events) => {
      const changed = changedIn(events);
      const mayWait = changed === undefined || isForPeople(queries, changed);
      void queries.invalidateQueries({
        queryKey: ['runs'],
        predicate: (query) => (query.queryKey[1] === 'inbox' ? mayWait : !isBeingRead(query)),
      });
      const ids = changed && new Set(changed.map(({ id }) => id));
      void queries.invalidateQueries({
        queryKey: ['run'],
        predicate: ({ queryKey: [, id, ...part] }) => part.length === 0 && (!ids || ids.has(String(id))),
      });
    },
    everyMs: LIST_MS,
    isOff,
  });
}

/** A run, read again when a step of it ends. Undefined: none is followed yet. */
export function useFollowedRun(id: string | undefined): UseQueryResult<RunView> {
  const { tenant, client } = useSession();
  const [isLive, setLive] = useState(false);
  const run = useQuery({ ...runQuery(client, id ?? '', isLive), enabled: id !== undefined });
  const isFollowed = useFollowed({
    name: `run ${id} of ${tenant}`,
    open: (options) => client.open('GET /v1/runs/{id}/events', { params: { id: id ?? '' } }, options),
    onTold: (queries) => void queries.invalidateQueries({ queryKey: ['run', id], exact: true }),
    everyMs: RUN_MS,
    isOff: run.data === undefined || isOver(run.data),
  });
  if (isFollowed !== isLive) setLive(isFollowed);
  return run;
}

/** Undefined: any run may have changed. */
function changedIn(events: readonly (StreamEvent | undefined)[]): RunHead[] | undefined {
  const heads: RunHead[] = [];
  for (const event of events) {
    if (event === undefined) return undefined;
    // SAFETY: what the API says in this stream
    const { runs, more } = JSON.parse(event.data) as { runs: RunHead[]; more: boolean };
    if (more) return undefined;
    heads.push(...runs);
  }
  return heads;
}

/** The inbox is four questions: they are asked when something waits, or does no longer. */
function isForPeople(queries: QueryClient, changed: readonly RunHead[]): boolean {
  const shown = queries.getQueryData<InboxData>(['runs', 'inbox']);
  const ids = new Set(shown && [...shown.doubts, ...shown.approvals, ...shown.calls].map(({ id }) => id));
  return changed.some(({ id, status }) => status === 'waiting' || ids.has(id));
}

/** Somebody has scrolled down and reads: nothing moves under their eyes. */
const isBeingRead = ({ queryKey, state }: Query): boolean =>
  queryKey[1] === 'list' && ((state.data as InfiniteData<unknown> | undefined)?.pages.length ?? 1) > 1;
