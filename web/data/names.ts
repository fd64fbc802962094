import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { allows } from '../../core/access/scope.ts';
import { ApiError, type Client } from '../../sdk/client/index.ts';

/** What has a name that people know it by, and an id that records hold. */
export type NamedKind =
  | 'member'
  | 'service'
  | 'key'
  | 'workflow'
  | 'credential'
  | 'project'
  | 'table'
  | 'role'
  | 'connection';

/** Names by id. `isWhole`: all there are, so that what is not among them is gone. */
export interface Names {
  names: ReadonlyMap<string, string>;
  isWhole: boolean;
}

interface Named {
  id: string;
  name: string;
}

/** An organisation of more than this many is shown by id where no name was read. */
const MAX_PAGES = 10;
const PAGE = 200;

/** How things of a kind are read, and what lets somebody see them all. */
const KINDS: Readonly<
  Record<
    NamedKind,
    { scope: string; read: (client: Client, cursor?: string) => Promise<{ rows: readonly Named[]; next?: string }> }
  >
> = {
  member: {
    scope: 'members:read',
    read: async (client, cursor) => {
      const query = { limit: PAGE, ...(cursor === undefined ? {} : { cursor }) };
      const { members, nextCursor } = await client.call('GET /v1/members', { query });
      const rows = members.map(({ id, name, email }) => ({ id, name: name || email }));
      return { rows, ...(nextCursor === null ? {} : { next: nextCursor }) };
    },
  },
  service: {
    scope: 'service-accounts:read',
    read: async (client) => ({ rows: (await client.call('GET /v1/service-accounts')).accounts }),
  },
  // keys of service accounts are not among them: one that is not listed may be there all the same
  key: { scope: '', read: async (client) => ({ rows: (await client.call('GET /v1/keys')).keys }) },
  workflow: {
    scope: 'workflows:read',
    read: async (client, cursor) => {
      const query = { limit: PAGE, ...(cursor === undefined ? {} : { cursor }) };
      const { workflows, cursor: next } = await client.call('GET /v1/workflows', { query });
      return { rows: workflows, ...(next === undefined ? {} : { next }) };
    },
  },
  // those that are shared with others are not listed
  credential: { scope: '', read: async (client) => ({ rows: (await client.call('GET /v1/credentials')).credentials }) },
  project: {
    scope: 'projects:read',
    read: async (client) => ({ rows: (await client.call('GET /v1/projects')).projects }),
  },
  table: {
    scope: 'tables:read',
    read: async (client) => ({ rows: (await client.call('GET /v1/data-tables')).tables }),
  },
  role: { scope: 'roles:read', read: async (client) => ({ rows: (await client.call('GET /v1/roles')).roles }) },
  connection: {
    scope: 'sso:read',
    read: async (client) => ({ rows: (await client.call('GET /v1/sso-connections')).connections }),
  },
};

async function readNames(client: Client, kind: NamedKind): Promise<Names> {
  const { scope, read } = KINDS[kind];
  const names = new Map<string, string>();
  try {
    let cursor: string | undefined;
    for (let page = 0; page < MAX_PAGES; page++) {
      const { rows, next } = await read(client, cursor);
      for (const { id, name } of rows) names.set(id, name);
      cursor = next;
      if (cursor === undefined) break;
    }
    const { scopes } = await client.call('GET /v1/access');
    return { names, isWhole: cursor === undefined && scope !== '' && allows(scopes, scope) };
  } catch (error) {
    // who may not read them sees ids; a server that does not answer is asked again
    if (!(error instanceof ApiError) || error.status >= 500) throw error;
    return { names, isWhole: false };
  }
}

const FRESH_MS = 60_000;
/** An id that is not among names this old may be of something that was made since. */
const FRESH_WITHOUT_MS = 2_000;

/** @param id That a name is wanted for. */
export const namesQuery = (client: Client, kind: NamedKind, id?: string) =>
  queryOptions({
    // what tells of a change to a workflow tells of its name, too
    queryKey: kind === 'workflow' ? ['workflows', 'names'] : ['names', kind],
    queryFn: () => readNames(client, kind),
    staleTime: ({ state: { data } }) =>
      id === undefined || data?.names.has(id) !== false ? FRESH_MS : FRESH_WITHOUT_MS,
  });

/** After something got a name or another one. */
export const forgetNames = (queries: QueryClient): Promise<void> => queries.invalidateQueries({ queryKey: ['names'] });
