import type { Json } from '../../core/data/item.ts';
import { type CredentialType, credentialName } from '../../core/credentials/kit.ts';
import { CREDENTIAL_TYPES } from '../../core/credentials/registry.generated.ts';
import { type CredentialValue, withDefaults } from '../../core/credentials/values.ts';
import { DataKeys } from './data-keys.ts';
import { open, VaultError, wrappingKey } from './envelope.ts';
import { type CredentialRow, d1Credentials, d1DataKeys } from './store.ts';

export const TYPES: ReadonlyMap<string, CredentialType> = new Map(CREDENTIAL_TYPES.map((type) => [type.type, type]));

/** A credential opened for one use. Never put it into anything that is kept. */
export interface OpenCredential {
  id: string;
  type: string;
  name: string;
  /** Where it may be sent; empty: anywhere. */
  domains: string[];
  values: ReadonlyMap<string, CredentialValue>;
  /** The values among them that must not be seen anywhere. */
  secrets: string[];
}

/** Why a node got no credential; `message` is for the workflow's author and names no secret. */
export class CredentialError extends Error {
  readonly code = 'credential-missing';
  constructor(message: string) {
    super(message);
    this.name = 'CredentialError';
  }
}

/** A node's wish: the type it needs and what its document says of the credential. */
export interface CredentialWish {
  type: string;
  ref: Json;
}

export interface CredentialResolver {
  /** @throws CredentialError, VaultError. */
  resolve(tenant: string, wish: CredentialWish): Promise<OpenCredential>;
}

export interface VaultEnv {
  DB: D1Database;
  DEPLOYMENT_KEY?: string;
}

/** Finds by id, else by a name that only one credential of the type has. Another tenant's are as good as absent. */
export function vaultResolver(env: VaultEnv): CredentialResolver {
  return {
    async resolve(tenant, wish) {
      const type = TYPES.get(wish.type);
      if (!type) {
        throw new CredentialError(
          `Credentials of type '${wish.type.slice(0, 80)}' are not supported. Use the HTTP Request node with generic authentication (header, bearer, basic, query, custom) instead.`,
        );
      }
      const row = await find(d1Credentials(env.DB, tenant), wish);
      const store = d1DataKeys(env.DB, tenant, () => Date.now());
      const sealed = Object.entries(JSON.parse(row.secrets) as Record<string, string>);
      const kept = new Map(Object.entries(JSON.parse(row.fields) as Record<string, CredentialValue>));
      const secrets: string[] = [];
      if (sealed.length > 0) {
        const keys = new DataKeys({ store, tenant, wrapping: await wrappingKey(env.DEPLOYMENT_KEY) });
        const { key } = await keys.get(row.keyId);
        for (const [name, text] of sealed) {
          const value = new TextDecoder().decode(await open(key, text, secretPlace(tenant, row, name)));
          kept.set(name, value);
          secrets.push(value);
        }
      }
      const { id, name } = row;
      return {
        id,
        name,
        type: type.type,
        domains: JSON.parse(row.domains) as string[],
        values: withDefaults(type, kept),
        secrets,
      };
    },
  };
}

/** What one sealed value is bound to: moved to another tenant, credential, type or field it does not open. */
export const secretPlace = (tenant: string, row: Pick<CredentialRow, 'id' | 'type'>, field: string): string[] => [
  'credential',
  tenant,
  row.id,
  row.type,
  field,
];

async function find(store: ReturnType<typeof d1Credentials>, { type, ref }: CredentialWish): Promise<CredentialRow> {
  const { id, name } = credentialName(ref);
  const byId = id === undefined ? undefined : await store.get(id);
  if (byId?.type === type) return byId;
  const named = name === undefined ? [] : await store.named(type, name, 2);
  const [only] = named;
  if (only && named.length === 1) return only;
  const label = JSON.stringify((name ?? id ?? '').slice(0, 200));
  throw new CredentialError(
    named.length > 1
      ? `Several credentials of type '${type}' are named ${label}: choose one by its id.`
      : `There is no credential of type '${type}' like ${label}: make one (POST /v1/credentials) and choose it in the node.`,
  );
}

export { VaultError };
