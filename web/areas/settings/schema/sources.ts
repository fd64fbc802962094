import { useQuery } from '@tanstack/react-query';
import { useClient } from '../../../session/session.tsx';

export interface Option {
  id: string;
  text: string;
}

/** Choices that the organisation itself decides, by the name of the field. Undefined: anything may be typed. */
export function useSource(name: string): readonly Option[] | undefined {
  const client = useClient();
  const isRole = name === 'role' || name === 'defaultRole';
  const roles = useQuery({
    queryKey: ['GET /v1/roles', {}],
    queryFn: ({ signal }) => client.call('GET /v1/roles', {}, { signal }),
    enabled: isRole,
  });
  const isEnvironment = name === 'environment';
  const environments = useQuery({
    queryKey: ['GET /v1/environments', {}],
    queryFn: ({ signal }) => client.call('GET /v1/environments', {}, { signal }),
    enabled: isEnvironment,
  });
  if (isRole) return roles.data?.roles.map((role) => ({ id: role.id, text: role.name }));
  if (isEnvironment) return environments.data?.environments.map((each) => ({ id: each.name, text: each.name }));
  return undefined;
}
