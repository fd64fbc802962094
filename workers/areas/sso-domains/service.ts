import { problemsOf } from '../../kit/problem.ts';
import { readDomain } from '../../sso/domain.ts';
import type { DomainRow, DomainStore } from '../../sso/domain-store.ts';
import { fileUrl, recordName, recordValue } from '../../sso/proof-of-domain.ts';
import { errors } from './contract.ts';
import type { Domain } from './contract.ts';

const MAX_DOMAINS = 100;

const problem = problemsOf(errors);

export interface DomainPorts {
  store: DomainStore;
  /** Which tenant has shown that a domain is its own. */
  captor(domain: string): Promise<string | undefined>;
  tenant: string;
  proof(domain: string, token: string): Promise<'dns' | 'https' | undefined>;
  newToken(): string;
  now(): number;
}

const shown = ({ domain, token, enforced, verifiedAt, method, createdAt }: DomainRow): Domain => ({
  id: domain,
  domain,
  verifiedAt,
  // SAFETY: only these are ever stored.
  method: method as Domain['method'],
  enforced: enforced === 1,
  createdAt,
  dns: { name: recordName(domain), type: 'TXT', value: recordValue(token) },
  https: { url: fileUrl(domain), body: recordValue(token) },
});

export function domainService({ store, captor, tenant, proof, newToken, now }: DomainPorts) {
  const known = async (id: string): Promise<DomainRow> => {
    const domain = readDomain(id);
    const row = domain === undefined ? undefined : await store.get(domain);
    if (!row) throw problem('domain-unknown', { hint: 'GET /v1/sso-domains lists them.' });
    return row;
  };
  const taken = () => problem('domain-taken', { hint: 'Ask the operator of this deployment when that is wrong.' });
  return {
    list: async (): Promise<Domain[]> => (await store.list()).map(shown),
    get: async (id: string): Promise<Domain> => shown(await known(id)),

    async create(text: string): Promise<Domain> {
      const domain = readDomain(text);
      if (domain === undefined) {
        throw problem('domain-invalid', {
          detail: `Not ${JSON.stringify(text)}.`,
          hint: 'Give a name like example.com.',
        });
      }
      if ((await store.count()) >= MAX_DOMAINS) throw problem('domains-full', { hint: 'Give one up first.' });
      const holder = await captor(domain);
      if (holder !== undefined && holder !== tenant) throw taken();
      await store.add({ domain, token: newToken(), enforced: 0, verifiedAt: null, method: null, createdAt: now() });
      return shown(await known(domain));
    },

    async verify(id: string): Promise<Domain> {
      const row = await known(id);
      const method = await proof(row.domain, row.token);
      if (method === undefined) {
        throw problem('domain-unproven', {
          detail: `Neither the TXT record ${recordName(row.domain)} nor ${fileUrl(row.domain)} holds ${recordValue(row.token)}.`,
          hint: 'New DNS records may need an hour to be seen.',
        });
      }
      if (!(await store.verified(row.domain, { method, nowMs: now() }))) throw taken();
      return shown(await known(row.domain));
    },

    async change(id: string, enforced: boolean): Promise<{ before: Domain; after: Domain }> {
      const row = await known(id);
      if (enforced && row.verifiedAt === null) throw problem('domain-unproven', { hint: 'Verify the domain first.' });
      await store.enforce(row.domain, enforced);
      return { before: shown(row), after: shown({ ...row, enforced: enforced ? 1 : 0 }) };
    },

    async remove(id: string): Promise<Domain> {
      const row = await known(id);
      await store.remove(row.domain);
      return shown(row);
    },
  };
}
