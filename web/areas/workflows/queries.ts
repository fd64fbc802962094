import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Client } from '../../../sdk/client/index.ts';
import { narrowingOf, type WorkflowsSearch } from './search.ts';

export const workflowQuery = (client: Client, id: string) =>
  queryOptions({
    queryKey: ['workflow', id],
    queryFn: ({ signal }) => client.call('GET /v1/workflows/{id}', { params: { id } }, { signal }),
  });

/** The newest runs of all workflows, for the marks beside each. */
export const recentRunsQuery = (client: Client, isLive: boolean) =>
  queryOptions({
    queryKey: ['runs', 'recent'],
    queryFn: ({ signal }) => client.call('GET /v1/runs', { query: { limit: 200 } }, { signal }),
    refetchInterval: isLive ? 60_000 : 5_000,
  });

/** The list as its page shows it: narrowed and page by page; what is published is told of this environment. */
export const workflowListQuery = (client: Client, search: WorkflowsSearch, environment: string) =>
  infiniteQueryOptions({
    queryKey: ['workflows', 'list', environment, narrowingOf(search)],
    queryFn: ({ pageParam, signal }) =>
      client.call(
        'GET /v1/workflows',
        {
          query: {
            limit: 100,
            environment,
            ...narrowingOf(search),
            ...(pageParam === undefined ? {} : { cursor: pageParam }),
          },
        },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor,
    placeholderData: (before) => before,
  });

export interface Place {
  /** `project:ID` or `folder:ID`. */
  id: string;
  project: string;
  folder: string | null;
  /** Project and folders, outermost first. */
  path: string[];
}

/** All projects and folders as one list, each after what it lies in. */
export const placesQuery = (client: Client) =>
  queryOptions({
    queryKey: ['places'],
    queryFn: async ({ signal }): Promise<Place[]> => {
      const { projects } = await client.call('GET /v1/projects', {}, { signal });
      const whole = await Promise.all(
        projects.map(({ id }) => client.call('GET /v1/projects/{id}', { params: { id } }, { signal })),
      );
      return whole.flatMap(({ id, name, folders }) => {
        const places: Place[] = [{ id: `project:${id}`, project: id, folder: null, path: [name] }];
        const below = (parent: string | null, path: string[]): void => {
          for (const folder of folders.filter((each) => each.parent === parent)) {
            const own = [...path, folder.name];
            places.push({ id: `folder:${folder.id}`, project: id, folder: folder.id, path: own });
            below(folder.id, own);
          }
        };
        below(null, [name]);
        return places;
      });
    },
    staleTime: 30_000,
  });

export const tagsQuery = (client: Client) =>
  queryOptions({
    queryKey: ['tags'],
    queryFn: ({ signal }) => client.call('GET /v1/tags', {}, { signal }),
    staleTime: 30_000,
  });

export const versionsQuery = (client: Client, id: string) =>
  queryOptions({
    queryKey: ['workflow', id, 'versions'],
    queryFn: ({ signal }) => client.call('GET /v1/workflows/{id}/versions', { params: { id } }, { signal }),
  });

/** Under the key by which the settings read and renew it. */
export const environmentsQuery = (client: Client) =>
  queryOptions({
    queryKey: ['GET /v1/environments', {}],
    queryFn: ({ signal }) => client.call('GET /v1/environments', {}, { signal }),
    staleTime: 60_000,
  });

/** The document of the draft, or of a version by its number. */
export const documentQuery = (client: Client, id: string, version: string) =>
  queryOptions({
    queryKey: ['workflow', id, 'document', version],
    queryFn: async ({ signal }): Promise<unknown> =>
      version === 'draft'
        ? (await client.call('GET /v1/workflows/{id}', { params: { id } }, { signal })).document
        : (
            await client.call(
              'GET /v1/workflows/{id}/versions/{version}',
              { params: { id, version: Number(version) } },
              { signal },
            )
          ).document,
    staleTime: version === 'draft' ? 0 : Infinity,
  });
