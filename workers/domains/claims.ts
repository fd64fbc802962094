import { errors } from '../areas/sso-domains/contract.ts';
import { problemsOf } from '../kit/problem.ts';
import { readDomain } from './name.ts';
import { fileUrl, recordName, recordValue } from './proof.ts';

const MAX_DOMAINS = 100;

const problem = problemsOf(errors);

/** What an organisation says is its own; `verifiedAt` once it has shown so. */
export interface Claim {
  domain: string;
  /** What must be found at the domain. */
  token: string;
  verifiedAt: number | null;
  /** dns, https or operator. */
  method: string | null;
  createdAt: number;
}

/** The claims of one tenant. */
export interface ClaimStore<C extends Claim> {
  list(): Promise<C[]>;
  get(domain: string): Promise<C | undefined>;
  count(): Promise<number>;
  /** Nothing happens when it is there. */
  add(claim: Claim): Promise<void>;
  /** False when another tenant was first. */
  verified(domain: string, how: { method: string; nowMs: number }): Promise<boolean>;
  remove(domain: string): Promise<boolean>;
}

export interface ClaimPorts<C extends Claim> {
  store: ClaimStore<C>;
  /** Which tenant has shown that a domain is its own. */
  holder(domain: string): Promise<string | undefined>;
  tenant: string;
  proof(domain: string, token: string): Promise<'dns' | 'https' | undefined>;
  /** Where the claims are listed. */
  path: string;
  newToken(): string;
  now(): number;
}

/** How a domain shows whose it is: either of these. */
export const proofsOf = ({ domain, token }: Claim) => ({
  dns: { name: recordName(domain), type: 'TXT' as const, value: recordValue(token) },
  https: { url: fileUrl(domain), body: recordValue(token) },
});

/** Domains that many may claim and one holds. */
export function claimsOf<C extends Claim>({ store, holder, tenant, proof, path, newToken, now }: ClaimPorts<C>) {
  const known = async (id: string): Promise<C> => {
    const domain = readDomain(id);
    const row = domain === undefined ? undefined : await store.get(domain);
    if (!row) throw problem('domain-unknown', { hint: `GET ${path} lists them.` });
    return row;
  };
  const taken = () => problem('domain-taken', { hint: 'Ask the operator of this deployment when that is wrong.' });
  return {
    known,

    async create(text: string): Promise<C> {
      const domain = readDomain(text);
      if (domain === undefined) {
        const hint = 'Give a name like example.com.';
        throw problem('domain-invalid', { detail: `Not ${JSON.stringify(text)}.`, hint });
      }
      if ((await store.count()) >= MAX_DOMAINS) throw problem('domains-full', { hint: 'Give one up first.' });
      const held = await holder(domain);
      if (held !== undefined && held !== tenant) throw taken();
      await store.add({ domain, token: newToken(), verifiedAt: null, method: null, createdAt: now() });
      return known(domain);
    },

    async verify(id: string): Promise<C> {
      const row = await known(id);
      const method = await proof(row.domain, row.token);
      if (method === undefined) {
        const { dns, https } = proofsOf(row);
        throw problem('domain-unproven', {
          detail: `Neither the TXT record ${dns.name} nor ${https.url} holds ${dns.value}.`,
          hint: 'New DNS records may need an hour to be seen.',
        });
      }
      if (!(await store.verified(row.domain, { method, nowMs: now() }))) throw taken();
      return known(row.domain);
    },

    async remove(id: string): Promise<C> {
      const row = await known(id);
      await store.remove(row.domain);
      return row;
    },
  };
}
