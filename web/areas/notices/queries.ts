import { queryOptions } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { ApiError, type Client, type OutputOf } from '../../../sdk/client/index.ts';

type Limit = OutputOf<'GET /v1/usage/notices'>['notices'][number];

export type Notice =
  | { kind: 'run'; id: string; at: number; workflow: string; error: string }
  | { kind: 'limit'; id: string; at: number; limit: Limit };

const AGAIN_MS = 60_000;
const NEWEST = 20;

/** Runs that failed and limits that were reached, newest first. What somebody may not see is left out. */
async function readNotices(client: Client, signal: AbortSignal): Promise<Notice[]> {
  const [{ runs }, { notices: reached }] = await Promise.all([
    client.call('GET /v1/runs', { query: { status: 'error', limit: NEWEST } }, { signal }).catch(unseen({ runs: [] })),
    client.call('GET /v1/usage/notices', { query: { limit: NEWEST } }, { signal }).catch(unseen({ notices: [] })),
  ]);
  return [
    ...runs.map((run): Notice => ({
      kind: 'run',
      id: run.id,
      at: run.finishedAt ?? run.startedAt,
      workflow: run.workflow,
      error: run.error?.message ?? '',
    })),
    ...reached.map((limit): Notice => ({
      kind: 'limit',
      id: `${limit.period} ${limit.meter} ${limit.kind} ${limit.percent}`,
      at: limit.at,
      limit,
    })),
  ].sort((a, b) => b.at - a.at);
}

/** Nothing, where it was refused. A server that does not answer is no news of its own. */
function unseen<Nothing>(nothing: Nothing): (error: unknown) => Nothing {
  return (error) => {
    if (error instanceof ApiError && error.status === 403) return nothing;
    throw error;
  };
}

export const noticesQuery = (client: Client) =>
  queryOptions({
    queryKey: ['notices'],
    queryFn: ({ signal }) => readNotices(client, signal),
    staleTime: AGAIN_MS / 2,
    refetchInterval: AGAIN_MS,
  });

const listeners = new Set<() => void>();
const keyOf = (tenant: string): string => `millrace.seen.${tenant}`;
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** When this browser last showed the notices of the organisation, epoch milliseconds. */
export const useSeenAt = (tenant: string): number =>
  useSyncExternalStore(subscribe, () => Number(localStorage.getItem(keyOf(tenant)) ?? 0));

export function markSeen(tenant: string, atMs: number): void {
  localStorage.setItem(keyOf(tenant), String(atMs));
  for (const listener of listeners) listener();
}
