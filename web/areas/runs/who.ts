import { scopesOfRole } from '../../../core/access/roles.ts';
import { allows } from '../../../core/access/scope.ts';
import type { Names } from '../../data/names.ts';
import { useNames } from '../../data/use-names.ts';
import { useSession } from '../../session/session.tsx';
import { useTextsOf } from '../../text/index.tsx';
import type { RunHead } from './status.ts';
import { runTexts } from './texts.ts';

export type Starter = NonNullable<RunHead['startedBy']>;

/** What may be asked for without being refused: who is here by a key may try. */
const READS = { key: 'keys:read', service: 'service-accounts:read' } as const;

/** Says who somebody is: by the name they have now, or that they left. `concerned`: whom it will be asked about. */
export function useWho(concerned: readonly (Starter | undefined)[]): (who: { kind: string; id: string }) => string {
  const own = useTextsOf(runTexts);
  const { account, tenant } = useSession();
  const role = account?.organizations.find(({ id }) => id === tenant)?.role;
  const of = (kind: Starter['kind']): Starter | undefined => concerned.find((each) => each?.kind === kind);
  const wanted = (kind: keyof typeof READS): Starter | undefined =>
    role !== undefined && allows(scopesOfRole(role), READS[kind]) ? of(kind) : undefined;
  const [member, key, service] = [of('member'), wanted('key'), wanted('service')];
  const members = useNames(member && 'member', member?.id);
  const keys = useNames(key && 'key', key?.id);
  const services = useNames(service && 'service', service?.id);
  const nameIn = (names: Names | undefined, id: string, otherwise: string): string => names?.names.get(id) ?? otherwise;
  return ({ kind, id }) => {
    if (kind === 'key') return nameIn(keys, id, own.byKey);
    if (kind === 'service') return nameIn(services, id, own.byService);
    if (id === account?.id) return account.name || account.email;
    if (!members) return '…';
    return nameIn(members, id, members.isWhole ? own.gone : own.aMember);
  };
}
