import { type ClaimPorts, claimsOf, proofsOf } from '../../domains/claims.ts';
import { problemsOf } from '../../kit/problem.ts';
import type { DomainRow, DomainStore } from '../../sso/domain-store.ts';
import { errors } from './contract.ts';
import type { Domain } from './contract.ts';

const problem = problemsOf(errors);

interface DomainPorts extends Omit<ClaimPorts<DomainRow>, 'path'> {
  store: DomainStore;
}

const shown = (row: DomainRow): Domain => ({
  id: row.domain,
  domain: row.domain,
  verifiedAt: row.verifiedAt,
  // SAFETY: only these are ever stored.
  method: row.method as Domain['method'],
  enforced: row.enforced === 1,
  createdAt: row.createdAt,
  ...proofsOf(row),
});

export function domainService(ports: DomainPorts) {
  const { store } = ports;
  const claims = claimsOf({ ...ports, path: '/v1/sso-domains' });
  return {
    list: async (): Promise<Domain[]> => (await store.list()).map(shown),
    get: async (id: string): Promise<Domain> => shown(await claims.known(id)),
    create: async (text: string): Promise<Domain> => shown(await claims.create(text)),
    verify: async (id: string): Promise<Domain> => shown(await claims.verify(id)),
    remove: async (id: string): Promise<Domain> => shown(await claims.remove(id)),

    async change(id: string, enforced: boolean): Promise<{ before: Domain; after: Domain }> {
      const row = await claims.known(id);
      if (enforced && row.verifiedAt === null) throw problem('domain-unproven', { hint: 'Verify the domain first.' });
      await store.enforce(row.domain, enforced);
      return { before: shown(row), after: shown({ ...row, enforced: enforced ? 1 : 0 }) };
    },
  };
}
