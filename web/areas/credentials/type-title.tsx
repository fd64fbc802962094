import { useQuery } from '@tanstack/react-query';
import { useClient } from '../../session/session.tsx';
import { credentialTypesQuery } from './queries.ts';

/** `Bearer Auth` for `httpBearerAuth`. */
export function TypeTitle({ type }: { type: string }) {
  const { data } = useQuery(credentialTypesQuery(useClient()));
  return data?.types.find((each) => each.type === type)?.title ?? type;
}
