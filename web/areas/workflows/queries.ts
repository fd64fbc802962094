import { queryOptions } from '@tanstack/react-query';
import type { Client } from '../../../sdk/client/index.ts';

export const workflowsQuery = (client: Client) =>
  queryOptions({
    queryKey: ['workflows'],
    queryFn: ({ signal }) => client.call('GET /v1/workflows', { query: { limit: 200 } }, { signal }),
  });

export const workflowQuery = (client: Client, id: string) =>
  queryOptions({
    queryKey: ['workflow', id],
    queryFn: ({ signal }) => client.call('GET /v1/workflows/{id}', { params: { id } }, { signal }),
  });

/** The newest runs of all workflows, for the marks beside each. */
export const recentRunsQuery = (client: Client) =>
  queryOptions({
    queryKey: ['runs', 'recent'],
    queryFn: ({ signal }) => client.call('GET /v1/runs', { query: { limit: 200 } }, { signal }),
    refetchInterval: 5_000,
  });
