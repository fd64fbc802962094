import { isStoreType, type KeptRef, pick } from '../../../core/credentials/external.ts';
import { BoundedCache } from '../../kit/bounded-cache.ts';
import type { CredentialResolver, OpenCredential } from '../../vault/resolver.ts';
import { EgressError } from '../egress/error.ts';
import type { EgressPorts } from '../egress/fetch.ts';
import type { EgressPolicy } from '../egress/policy.ts';
import type { FetchRefs } from '../tokens/keeper.ts';
import { refusedBy, storeOf } from './ask.ts';

/** A rotated secret counts after this; without it each step of each run would ask the store. */
const KEEP_MS = 30_000;
const MAX_KEPT = 1_000;

// Per isolate, in memory only: what a store gave is never written down.
const kept = new BoundedCache<string>(MAX_KEPT);

export interface ExternalPorts {
  credentials: CredentialResolver;
  egress: EgressPorts;
  now(): number;
}

export interface ExternalPlace {
  tenant: string;
  policy: EgressPolicy;
}

/** The credential with the values that lie elsewhere. @throws EgressError `external-secret`, `external-store`, those of egress. */
export async function withExternal(
  credential: OpenCredential,
  place: ExternalPlace,
  ports: ExternalPorts,
): Promise<OpenCredential> {
  const refs = Object.entries(credential.refs);
  if (refs.length === 0) return credential;
  const values = new Map(credential.values);
  const secrets = [...credential.secrets];
  for (const [name, ref] of refs) {
    const value = await externalValue(ref, place, ports);
    values.set(name, value);
    secrets.push(value);
  }
  return { ...credential, values, secrets };
}

async function externalValue(ref: KeptRef, { tenant, policy }: ExternalPlace, ports: ExternalPorts): Promise<string> {
  const { type, store: id, secret, field } = ref;
  const key = JSON.stringify([tenant, id, secret]);
  // Who made the credential could use the store; no workflow names it.
  const store = await ports.credentials.resolve(tenant, { type, ref: { id }, workflow: undefined });
  if (!isStoreType(type)) throw new EgressError('external-store', `${type} is no store of secrets`, false);
  const prefix = String(store.values.get('prefix') ?? '');
  if (!secret.startsWith(prefix)) {
    const message = `${JSON.stringify(store.name)} gives secrets that start with ${JSON.stringify(prefix)} only`;
    throw new EgressError('external-secret', message, false);
  }
  // The store's own record is read each time: who changes or removes it is obeyed at once.
  const version = `${key}@${store.updatedAt}`;
  let text = kept.get(version, ports.now());
  if (text === undefined) {
    const nowMs = ports.now();
    // Loaded at its first use, with the library that signs.
    const { READERS } = await import('./readers.ts');
    const said = await READERS[type](secret, storeOf(store, { egress: ports.egress, policy, nowMs }));
    if (said.secret === undefined) throw refusedBy(store, secret, said);
    text = said.secret;
    kept.set(version, text, nowMs + KEEP_MS);
  }
  const value = pick(text, field);
  if (value !== undefined) return value;
  const message = `The secret ${JSON.stringify(secret)} of ${JSON.stringify(store.name)} has no field ${JSON.stringify(field)}`;
  throw new EgressError('external-secret', message, false);
}

/** As `vaultKeeper` wants it. */
export const fetchRefsFor =
  (place: ExternalPlace, ports: ExternalPorts): FetchRefs =>
  async (refs) => {
    const found = new Map<string, string>();
    for (const [name, ref] of Object.entries(refs)) found.set(name, await externalValue(ref, place, ports));
    return found;
  };
