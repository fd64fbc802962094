import { PRODUCTION } from '../../core/environment/reference.ts';
import type { Json } from '../../core/data/item.ts';
import { type CredentialType, credentialName } from '../../core/credentials/kit.ts';
import { isShared, isVouchedFor, type Sharing } from '../../core/credentials/sharing.ts';
import { CREDENTIAL_TYPES } from '../../core/credentials/registry.generated.ts';
import type { KeptRef } from '../../core/credentials/external.ts';
import type { Tokens } from '../../core/credentials/tokens.ts';
import { type CredentialValue, withDefaults } from '../../core/credentials/values.ts';
import { VaultError } from './envelope.ts';
import { Records, type VaultEnv } from './records.ts';
import { resealed } from './rotation.ts';
import { type CredentialRow, type CredentialStore, d1Credentials } from './store.ts';
import { d1Vouchers } from './vouchers.ts';

export const TYPES: ReadonlyMap<string, CredentialType> = new Map(CREDENTIAL_TYPES.map((type) => [type.type, type]));

/** A credential opened for one use. Never put it into anything that is kept. */
export interface OpenCredential {
  id: string;
  type: string;
  name: string;
  /** Where it may be sent; empty: anywhere. */
  domains: string[];
  values: ReadonlyMap<string, CredentialValue>;
  /** The values among them that must not be seen anywhere, tokens included. */
  secrets: string[];
  /** What a sign-in brought; undefined before. */
  tokens?: Tokens | undefined;
  state: CredentialState;
  /** Values that lie in another store, by field: workers/executor/external fetches them. */
  refs: Readonly<Record<string, KeptRef>>;
  /** Epoch milliseconds. */
  updatedAt: number;
}

/** `unfinished`: nobody signed in yet. `reconnect`: the service no longer takes what a sign-in brought. */
export type CredentialState = 'ready' | 'unfinished' | 'reconnect';

export const secretsOf = (tokens: Tokens | undefined): string[] =>
  [tokens?.access, tokens?.refresh].filter((text) => text !== undefined);

/** Why a node got no credential; `message` is for the workflow's author and names no secret. */
export class CredentialError extends Error {
  readonly code: 'credential-missing' | 'credential-not-shared';
  constructor(message: string, code: CredentialError['code'] = 'credential-missing') {
    super(message);
    this.name = 'CredentialError';
    this.code = code;
  }
}

/** A node's wish: the type it needs and what its document says of the credential. */
export interface CredentialWish {
  type: string;
  ref: Json;
  /** Where the run is; absent: production. */
  environment?: string;
  /** Whose run asks: somebody must answer for the credential there (CRD11). Absent: no run does. */
  workflow?: string | undefined;
}

export interface CredentialResolver {
  /** @throws CredentialError, VaultError. */
  resolve(tenant: string, wish: CredentialWish): Promise<OpenCredential>;
}

/** Finds by id alone: names are for people, and for importing with somebody's rights. Another tenant's are as good as absent. */
export function vaultResolver(env: VaultEnv): CredentialResolver {
  return {
    async resolve(tenant, wish) {
      const type = TYPES.get(wish.type);
      if (!type) {
        throw new CredentialError(
          `Credentials of type '${wish.type.slice(0, 80)}' are not supported. Use the HTTP Request node with generic authentication (header, bearer, basic, query, custom) instead.`,
        );
      }
      const store = d1Credentials(env.DB, tenant);
      const row = await find(store, wish, (id) => boundTo(env.DB, { tenant, id, environment: wish.environment }));
      await refuseUnshared(env.DB, tenant, { wish, row });
      const records = new Records(env, tenant, () => Date.now());
      const { secrets, tokens: text } = await records.open(row);
      const tokens = text === undefined ? undefined : (JSON.parse(text) as Tokens);
      await renew(records, store, row);
      const kept = new Map(Object.entries(JSON.parse(row.fields) as Record<string, CredentialValue>));
      for (const [field, value] of secrets) kept.set(field, value);
      const { id, name } = row;
      return {
        id,
        name,
        type: type.type,
        domains: JSON.parse(row.domains) as string[],
        values: withDefaults(type, kept),
        secrets: [...secrets.values(), ...secretsOf(tokens)],
        tokens,
        state: row.state as CredentialState,
        refs: JSON.parse(row.refs) as Record<string, KeptRef>,
        updatedAt: row.updatedAt,
      };
    },
  };
}

/** A credential is shared with people; its workflows use it while whoever brought it in may (CRD11). */
async function refuseUnshared(
  db: D1Database,
  tenant: string,
  { wish, row }: { wish: CredentialWish; row: CredentialRow },
): Promise<void> {
  if (wish.workflow === undefined) return;
  const { id = row.id } = credentialName(wish.ref);
  // What stands in for it in an environment was put there by whoever may; the document's own is what is answered for.
  const named = id === row.id ? row : await d1Credentials(db, tenant).get(id);
  const sharing = JSON.parse(named?.allowed ?? '{}') as Sharing;
  if (!isShared(sharing)) return;
  const voucher = (await d1Vouchers(db, tenant).of(wish.workflow, [id])).get(id);
  if (isVouchedFor(sharing, voucher)) return;
  throw new CredentialError(
    `The credential ${JSON.stringify(row.name.slice(0, 200))} is not shared any more with who brought it into this workflow: share it again, or have somebody who may use it publish the workflow.`,
    'credential-not-shared',
  );
}

/** Seals a credential anew that lies under an older data key. In vain when somebody else changed it meanwhile. */
async function renew(records: Records, store: CredentialStore, row: CredentialRow): Promise<void> {
  if (row.secrets === '{}' && row.tokens === '') return;
  if ((await (await records.keys()).currentId()) === row.keyId) return;
  await resealed(records, store, row);
}

/** What stands in for a credential in an environment (ENV9): its own id where nothing does, null where none may be used. */
async function boundTo(
  db: D1Database,
  { tenant, id, environment = PRODUCTION }: { tenant: string; id: string; environment: string | undefined },
): Promise<string | null> {
  const select =
    'SELECT uses_id AS uses FROM credential_bindings WHERE tenant_id = ? AND environment = ? AND credential_id = ?';
  const row = await db.prepare(select).bind(tenant, environment, id).first<{ uses: string | null }>();
  return row ? row.uses : id;
}

async function find(
  store: CredentialStore,
  { type, ref, environment = PRODUCTION }: CredentialWish,
  boundId: (id: string) => Promise<string | null>,
): Promise<CredentialRow> {
  const { id: named, name } = credentialName(ref);
  const id = named === undefined ? undefined : await boundId(named);
  if (id === null) throw new CredentialError(`The credential of this node may not be used in ${environment}.`);
  const row = id === undefined ? undefined : await store.get(id);
  if (row?.type === type) return row;
  const label = JSON.stringify((name ?? named ?? '').slice(0, 200));
  throw new CredentialError(
    `There is no credential of type '${type}' like ${label}: make one (POST /v1/credentials) and choose it in the node.`,
  );
}

export { VaultError };
export type { VaultEnv };
