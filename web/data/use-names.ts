import { useQuery } from '@tanstack/react-query';
import { useClient } from '../session/session.tsx';
import { type NamedKind, type Names, namesQuery } from './names.ts';

/**
 * Names by id, as far as the reader may see them; undefined: nobody asked, or they are under way.
 * @param id That a name is wanted for: one that is not known yet is asked for.
 */
export function useNames(kind: NamedKind | undefined, id?: string): Names | undefined {
  const client = useClient();
  const { data, isFetching } = useQuery({ ...namesQuery(client, kind ?? 'workflow', id), enabled: kind !== undefined });
  // a query that is not asked still gives what others asked for
  if (kind === undefined || !data) return undefined;
  return isFetching ? { ...data, isWhole: false } : data;
}
