import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Client } from '../../../sdk/client/index.ts';
import type { RunsSearch } from './search.ts';
import { isOver, type Status } from './status.ts';

const LIVE_MS = 1_000;
const LIST_MS = 2_000;

export const runsQuery = (client: Client, search: RunsSearch) =>
  infiniteQueryOptions({
    queryKey: ['runs', 'list', search],
    queryFn: ({ pageParam, signal }) =>
      client.call(
        'GET /v1/runs',
        {
          query: {
            limit: 50,
            ...(search.status === undefined ? {} : { status: search.status as Status }),
            ...(search.workflow === undefined ? {} : { workflow: search.workflow }),
            ...(search.text === undefined ? {} : { text: search.text }),
            ...(pageParam === undefined ? {} : { cursor: pageParam }),
          },
        },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor,
    // only the first page lives: a person who has scrolled down is reading
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 1) > 1 ? false : LIST_MS),
  });

export const runQuery = (client: Client, id: string) =>
  queryOptions({
    queryKey: ['run', id],
    queryFn: ({ signal }) => client.call('GET /v1/runs/{id}', { params: { id } }, { signal }),
    refetchInterval: ({ state }) => (state.data && isOver(state.data) ? false : LIVE_MS),
  });
