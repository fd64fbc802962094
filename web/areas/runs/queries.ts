import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { ApiError, type Client } from '../../../sdk/client/index.ts';
import { chosenZone } from '../../text/zone.ts';
import { documentQuery } from '../workflows/queries.ts';
import { queryOf, type RunsSearch } from './search.ts';
import { isOver, type RunHead, type RunView } from './status.ts';
import { versionParts } from './version-text.ts';

const LIVE_MS = 1_000;
const LIST_MS = 2_000;
/** Beside a stream that tells of changes, in case it lost one. */
const TOLD_MS = 60_000;

export const runsQuery = (
  client: Client,
  { search, environment, isLive }: { search: RunsSearch; environment: string; isLive: boolean },
) =>
  infiniteQueryOptions({
    queryKey: ['runs', 'list', environment, search, chosenZone() ?? ''],
    queryFn: ({ pageParam, signal }) =>
      client.call(
        'GET /v1/runs',
        {
          query: {
            limit: 50,
            ...queryOf(search, Date.now(), { environment, zone: chosenZone() }),
            ...(pageParam === undefined ? {} : { cursor: pageParam }),
          },
        },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor,
    // only the first page lives: a person who has scrolled down is reading
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 1) > 1 ? false : isLive ? TOLD_MS : LIST_MS),
  });

/** Its error workflow is started once it has failed, which changes what there is to see of it. */
const isSettled = (run: RunView): boolean => isOver(run) && run.errorRunDue !== true;

export const runQuery = (client: Client, id: string, isLive = false) =>
  queryOptions({
    queryKey: ['run', id],
    queryFn: ({ signal }) => client.call('GET /v1/runs/{id}', { params: { id } }, { signal }),
    // one that is not there is not asked for again: the page would say so and load, in turns
    refetchInterval: ({ state: { data, error } }) =>
      (data && isSettled(data)) || (error instanceof ApiError && error.status === 404)
        ? false
        : isLive
          ? TOLD_MS
          : LIVE_MS,
  });

export const sharesQuery = (client: Client, id: string) =>
  queryOptions({
    queryKey: ['run', id, 'shares'],
    queryFn: ({ signal }) => client.call('GET /v1/runs/{id}/shares', { params: { id } }, { signal }),
  });

export interface InboxData {
  doubts: RunHead[];
  approvals: RunHead[];
  calls: RunHead[];
}

/** Runs that stand still until somebody decides, answers or approves. */
export const inboxQuery = (client: Client, isLive: boolean) =>
  queryOptions({
    queryKey: ['runs', 'inbox'],
    queryFn: async ({ signal }): Promise<InboxData> => {
      const waitsFor = async (waitingFor: string) =>
        (await client.call('GET /v1/runs', { query: { waitingFor, limit: 100 } }, { signal })).runs;
      const [doubts, approvals, calls, forms] = await Promise.all(
        ['in-doubt', 'approval', 'webhook', 'form'].map(waitsFor),
      );
      return { doubts: doubts ?? [], approvals: approvals ?? [], calls: [...(calls ?? []), ...(forms ?? [])] };
    },
    refetchInterval: isLive ? TOLD_MS : LIST_MS * 2,
  });

/** The newest runs of a workflow, to choose one of. */
export const siblingsQuery = (client: Client, workflow: string) =>
  queryOptions({
    queryKey: ['runs', 'siblings', workflow],
    queryFn: ({ signal }) => client.call('GET /v1/runs', { query: { workflow, limit: 50 } }, { signal }),
  });

/** The document a run goes by: its version as it was published, or the draft as it now stands. */
export const runDocumentQuery = (client: Client, { workflow, version }: Pick<RunHead, 'workflow' | 'version'>) =>
  documentQuery(client, workflow, String(versionParts(version).number ?? 'draft'));
