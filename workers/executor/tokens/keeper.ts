import type { CredentialType } from '../../../core/credentials/kit.ts';
import type { KeptRef } from '../../../core/credentials/external.ts';
import { type SignInPlan, signInPlan } from '../../../core/credentials/sign-in.ts';
import type { Tokens } from '../../../core/credentials/tokens.ts';
import { type CredentialValue, withDefaults } from '../../../core/credentials/values.ts';
import { Records, type VaultEnv } from '../../vault/records.ts';
import { type CredentialState, TYPES } from '../../vault/resolver.ts';
import { type CredentialRow, type CredentialStore, d1Credentials } from '../../vault/store.ts';

/** A credential whose tokens come from elsewhere, as it lies in the vault at one moment. */
export interface Kept {
  name: string;
  domains: string[];
  plan: SignInPlan;
  tokens: Tokens | undefined;
  state: CredentialState;
  /** Keeps new tokens, or a state, unless the credential was changed meanwhile: then false. */
  keep(change: { tokens?: Tokens; state: CredentialState }): Promise<boolean>;
}

/** Where renewing finds and puts tokens. */
export interface TokenKeeper {
  /** Undefined: no such credential, or it needs no tokens. */
  load(credential: string): Promise<Kept | undefined>;
}

/** Fetches values that lie in other stores, by field. */
export type FetchRefs = (refs: Readonly<Record<string, KeptRef>>) => Promise<ReadonlyMap<string, CredentialValue>>;

export function vaultKeeper(env: VaultEnv, tenant: string, fetchRefs: FetchRefs): TokenKeeper {
  const store = d1Credentials(env.DB, tenant);
  return {
    async load(credential) {
      const row = await store.get(credential);
      const type = row && TYPES.get(row.type);
      return type && keptOf(row, { type, store, records: new Records(env, tenant, () => Date.now()), fetchRefs });
    },
  };
}

async function keptOf(
  row: CredentialRow,
  {
    type,
    store,
    records,
    fetchRefs,
  }: { type: CredentialType; store: CredentialStore; records: Records; fetchRefs: FetchRefs },
): Promise<Kept | undefined> {
  const { secrets, tokens } = await records.open(row);
  const values = new Map<string, CredentialValue>(Object.entries(JSON.parse(row.fields) as Record<string, string>));
  for (const [name, value] of secrets) values.set(name, value);
  const refs = await fetchRefs(JSON.parse(row.refs) as Record<string, KeptRef>);
  for (const [name, value] of refs) values.set(name, value);
  const plan = signInPlan(type, withDefaults(type, values));
  if (!plan) return undefined;
  return {
    name: row.name,
    domains: JSON.parse(row.domains) as string[],
    plan,
    tokens: tokens === undefined ? undefined : (JSON.parse(tokens) as Tokens),
    state: row.state as CredentialState,
    async keep({ tokens: made, state }) {
      const text = made === undefined ? tokens : JSON.stringify(made);
      return store.reseal(row, { ...(await records.seal(row, { secrets, tokens: text })), state });
    },
  };
}
