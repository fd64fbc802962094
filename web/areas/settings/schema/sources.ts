import { useQuery } from '@tanstack/react-query';
import type { NamedKind } from '../../../data/names.ts';
import { useNames } from '../../../data/use-names.ts';
import { useClient } from '../../../session/session.tsx';
import { useRoleName } from '../../../text/roles.ts';
import { environmentsQuery } from '../../workflows/queries.ts';
import { type Fields } from './schema.ts';

export interface Option {
  id: string;
  text: string;
}

const KINDS: ReadonlySet<unknown> = new Set<NamedKind>([
  'member',
  'service',
  'project',
  'workflow',
  'credential',
  'table',
]);

/** Of what kind the thing is whose id a field takes: as the field beside it says, or as its name does. */
function kindOf(name: string, beside: Fields): NamedKind | undefined {
  if (name === 'role' || name === 'defaultRole') return 'role';
  if (name === 'uses') return 'credential';
  if (name !== 'id') return undefined;
  if ('uses' in beside) return 'credential';
  return KINDS.has(beside['kind']) ? (beside['kind'] as NamedKind) : undefined;
}

/** Choices that the organisation itself decides, by the name of the field and those beside it. Undefined: anything may be typed. */
export function useSource(name: string, beside: Fields): readonly Option[] | undefined {
  const client = useClient();
  const roleName = useRoleName();
  const kind = kindOf(name, beside);
  const known = useNames(kind);
  const environments = useQuery({ ...environmentsQuery(client), enabled: name === 'environment' });
  if (name === 'environment') {
    return environments.data?.environments.map((each) => ({ id: each.name, text: each.name }));
  }
  // who may not read their names, or has none of them, can still type an id
  if (!known || known.names.size === 0) return undefined;
  return [...known.names].map(([id, text]) => ({ id, text: kind === 'role' ? roleName(id, text) : text }));
}
