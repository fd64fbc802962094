import { queryOptions } from '@tanstack/react-query';
import type { Client, OutputOf } from '../../../sdk/client/index.ts';

export type Credential = OutputOf<'GET /v1/credentials'>['credentials'][number];
export type CredentialType = OutputOf<'GET /v1/credential-types'>['types'][number];

export const credentialTypesQuery = (client: Client) =>
  queryOptions({
    queryKey: ['credential-types'],
    queryFn: ({ signal }) => client.call('GET /v1/credential-types', {}, { signal }),
    staleTime: Infinity,
  });

export const credentialsQuery = (client: Client, type: string) =>
  queryOptions({
    queryKey: ['GET /v1/credentials', { type }],
    queryFn: async ({ signal }) =>
      (await client.call('GET /v1/credentials', { query: { type } }, { signal })).credentials,
    staleTime: 5_000,
  });
