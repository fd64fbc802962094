import { useQuery } from '@tanstack/react-query';
import { allows } from '../../../../core/access/scope.ts';
import { isBuiltInRole, scopesOfRole } from '../../../../core/access/roles.ts';
import type { EndpointKey } from '../../../../sdk/client/index.ts';
import { useClient, useSession } from '../../../session/session.tsx';
import { openApiQuery, operationOf } from '../schema/openapi.ts';

/**
 * The scope of an endpoint that the role of whoever is here lacks. Undefined while that is not known, and for keys: the
 * server decides in any case, this only spares people a form they cannot send.
 */
export function useLacks(key: EndpointKey | undefined): string | undefined {
  const client = useClient();
  const { account, tenant } = useSession();
  const { data: api } = useQuery(openApiQuery);
  const role = account?.organizations.find(({ id }) => id === tenant)?.role;
  const roles = useQuery({
    queryKey: ['GET /v1/roles', {}],
    queryFn: ({ signal }) => client.call('GET /v1/roles', {}, { signal }),
    enabled: role !== undefined && !isBuiltInRole(role),
    retry: false,
  });
  if (role === undefined || key === undefined || !api) return undefined;
  const held = isBuiltInRole(role) ? scopesOfRole(role) : roles.data?.roles.find(({ id }) => id === role)?.scopes;
  if (!held) return undefined;
  const needed = operationOf(api, key)?.security.flatMap((each) => each['apiKey'] ?? []) ?? [];
  return needed.find((scope) => !allows(held, scope));
}
