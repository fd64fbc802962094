import { DataKeys } from './data-keys.ts';
import { type KeySource } from '../kit/key-source.ts';
import { DeploymentKeys } from './deployment-keys.ts';
import { open, seal } from './envelope.ts';
import { type CredentialRow, d1DataKeys } from './store.ts';

export interface VaultEnv extends KeySource {
  DB: D1Database;
}

/** What is secret in one credential. */
export interface Opened {
  /** By field. */
  secrets: Map<string, string>;
  /** What a sign-in brought (core/credentials/tokens.ts), as JSON; undefined before. */
  tokens: string | undefined;
}

/** The sealed columns of a row, all under one data key. */
export type Sealed = Pick<CredentialRow, 'secrets' | 'tokens' | 'keyId'>;

/** No field is called so: names of fields have no blanks. */
const TOKENS = 'tokens of a sign-in';

/** What one sealed value is bound to: moved to another tenant, credential, type or field it does not open. */
const placeOf = (tenant: string, row: Pick<CredentialRow, 'id' | 'type'>, field: string): string[] => [
  'credential',
  tenant,
  row.id,
  row.type,
  field,
];

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(new TextEncoder().encode(text));

/** Opens and seals the credentials of one tenant, for one request. @throws VaultError. */
export class Records {
  readonly tenant: string;
  readonly env: VaultEnv;
  readonly #now: () => number;
  #keys: Promise<DataKeys> | undefined;

  constructor(env: VaultEnv, tenant: string, now: () => number) {
    this.env = env;
    this.tenant = tenant;
    this.#now = now;
  }

  keys(): Promise<DataKeys> {
    return (this.#keys ??= DeploymentKeys.of(this.env).then(
      (wrapping) =>
        new DataKeys({ store: d1DataKeys(this.env.DB, this.tenant, this.#now), tenant: this.tenant, wrapping }),
    ));
  }

  async open(row: CredentialRow): Promise<Opened> {
    const sealed = Object.entries(JSON.parse(row.secrets) as Record<string, string>);
    const secrets = new Map<string, string>();
    if (sealed.length === 0 && row.tokens === '') return { secrets, tokens: undefined };
    const { key } = await (await this.keys()).get(row.keyId);
    const read = async (text: string, field: string): Promise<string> =>
      new TextDecoder().decode(await open(key, text, placeOf(this.tenant, row, field)));
    for (const [name, text] of sealed) secrets.set(name, await read(text, name));
    return { secrets, tokens: row.tokens === '' ? undefined : await read(row.tokens, TOKENS) };
  }

  /** With the tenant's newest key. */
  async seal(row: Pick<CredentialRow, 'id' | 'type'>, { secrets, tokens }: Opened): Promise<Sealed> {
    const { id, key } = await (await this.keys()).current();
    const write = (text: string, field: string): Promise<string> =>
      seal(key, bytesOf(text), placeOf(this.tenant, row, field));
    const sealed = await Promise.all([...secrets].map(async ([name, value]) => [name, await write(value, name)]));
    return {
      keyId: id,
      secrets: JSON.stringify(Object.fromEntries(sealed)),
      tokens: tokens === undefined ? '' : await write(tokens, TOKENS),
    };
  }
}
