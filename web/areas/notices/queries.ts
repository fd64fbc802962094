import { queryOptions } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { Client, OutputOf } from '../../../sdk/client/index.ts';

type Limit = OutputOf<'GET /v1/usage/notices'>['notices'][number];

export type Notice =
  | { kind: 'run'; id: string; at: number; workflow: string; error: string }
  | { kind: 'limit'; id: string; at: number; limit: Limit };

const AGAIN_MS = 60_000;
const NEWEST = 20;

/** Runs that failed and limits that were reached, newest first. What somebody may not see is left out. */
async function readNotices(client: Client, signal: AbortSignal): Promise<Notice[]> {
  const [failed, limits] = await Promise.allSettled([
    client.call('GET /v1/runs', { query: { status: 'error', limit: NEWEST } }, { signal }),
    client.call('GET /v1/usage/notices', { query: { limit: NEWEST } }, { signal }),
  ]);
  const runs = failed.status === 'fulfilled' ? failed.value.runs : [];
  const reached = limits.status === 'fulfilled' ? limits.value.notices : [];
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
