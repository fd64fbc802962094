import type { DeploymentKeys } from './deployment-keys.ts';
import { open, seal, VaultError } from './envelope.ts';

interface DataKeyRow {
  id: string;
  wrappedBy: string;
  wrapped: string;
}

/** Where one tenant's data keys lie. */
export interface DataKeyStore {
  /** The newest first; there are few. */
  all(): Promise<DataKeyRow[]>;
  /** Does nothing when the id is taken: two requests may both find no key. */
  add(row: DataKeyRow): Promise<void>;
}

interface DataKey {
  id: string;
  key: CryptoKey;
}

const KEY_BYTES = 32;

/** What a wrapped data key is bound to. */
export const dataKeyPlace = (tenant: string, id: string): string[] => ['data key', tenant, id];

/** The data keys of one tenant, for one request: nothing is kept beyond it. */
export class DataKeys {
  readonly #store: DataKeyStore;
  readonly #tenant: string;
  readonly #wrapping: DeploymentKeys;
  #rows: Promise<DataKeyRow[]> | undefined;

  constructor(deps: { store: DataKeyStore; tenant: string; wrapping: DeploymentKeys }) {
    this.#store = deps.store;
    this.#tenant = deps.tenant;
    this.#wrapping = deps.wrapping;
  }

  /** The id of the key new secrets are sealed with; undefined before the first. */
  async currentId(): Promise<string | undefined> {
    return (await this.#all())[0]?.id;
  }

  /** The key new secrets are sealed with; made when there is none yet. */
  async current(): Promise<DataKey> {
    const [newest] = await this.#all();
    return newest ? this.#unwrap(newest) : this.#make(1);
  }

  /** @throws VaultError when there is no such key. */
  async get(id: string): Promise<DataKey> {
    const row = (await this.#all()).find((each) => each.id === id);
    if (!row) throw new VaultError('vault-damaged', `The data key ${id} of this tenant is gone.`);
    return this.#unwrap(row);
  }

  /** A key newer than all there are. Asked twice at once, both get the same. */
  async next(): Promise<DataKey> {
    const numbers = (await this.#all()).map(({ id }) => Number(id.slice(1)));
    return this.#make(Math.max(0, ...numbers) + 1);
  }

  #all(): Promise<DataKeyRow[]> {
    return (this.#rows ??= this.#store.all());
  }

  async #make(number: number): Promise<DataKey> {
    const id = `k${number}`;
    const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
    const { newest } = this.#wrapping;
    const wrapped = await seal(newest.key, bytes, dataKeyPlace(this.#tenant, id));
    await this.#store.add({ id, wrappedBy: newest.id, wrapped });
    // Whoever was first decides; the loser's key has sealed nothing.
    this.#rows = undefined;
    return this.get(id);
  }

  async #unwrap({ id, wrappedBy, wrapped }: DataKeyRow): Promise<DataKey> {
    const { key: wrapping } = await this.#wrapping.get(wrappedBy);
    const bytes = await open(wrapping, wrapped, dataKeyPlace(this.#tenant, id));
    const key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
    return { id, key };
  }
}
