import { queryOptions } from '@tanstack/react-query';
import type { FieldSource } from '../../../../core/node/field.ts';
import type { Client } from '../../../../sdk/client/index.ts';

export interface Choice {
  id: string;
  text: string;
}

const MAX_LISTED = 200;

const SOURCES: Readonly<Record<FieldSource, (client: Client, signal: AbortSignal) => Promise<Choice[]>>> = {
  workflows: async (client, signal) => {
    const { workflows } = await client.call('GET /v1/workflows', { query: { limit: MAX_LISTED } }, { signal });
    return workflows.map(({ id, name }) => ({ id, text: name }));
  },
  'data-tables': async (client, signal) => {
    const { tables } = await client.call('GET /v1/data-tables', {}, { signal });
    return tables.map(({ id, name }) => ({ id, text: name }));
  },
  'credential-types': async (client, signal) => {
    const { types } = await client.call('GET /v1/credential-types', {}, { signal });
    return types.map(({ type, title }) => ({ id: type, text: title }));
  },
};

/** What a field can be set to, as the server has it now. */
export const choicesQuery = (client: Client, source: FieldSource) =>
  queryOptions({
    queryKey: ['choices', source],
    queryFn: ({ signal }) => SOURCES[source](client, signal),
    staleTime: 10_000,
  });
