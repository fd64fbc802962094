import { open, seal, type WrappingKey, VaultError } from './envelope.ts';

export interface DataKeyRow {
  id: string;
  wrappedBy: string;
  wrapped: string;
}

/** Where one tenant's data keys lie. */
export interface DataKeyStore {
  newest(): Promise<DataKeyRow | undefined>;
  byId(id: string): Promise<DataKeyRow | undefined>;
  /** Does nothing when the id is taken: two requests may both find no key. */
  add(row: DataKeyRow): Promise<void>;
}

export interface DataKey {
  id: string;
  key: CryptoKey;
}

const KEY_BYTES = 32;
/** Later keys, made by a rotation, count on from here. */
const FIRST_KEY = 'k1';

/** The data keys of one tenant. Nothing is kept between requests. */
export class DataKeys {
  private readonly store: DataKeyStore;
  private readonly tenant: string;
  private readonly wrapping: WrappingKey;

  constructor(deps: { store: DataKeyStore; tenant: string; wrapping: WrappingKey }) {
    this.store = deps.store;
    this.tenant = deps.tenant;
    this.wrapping = deps.wrapping;
  }

  /** The key new secrets are sealed with; made when there is none yet. */
  async current(): Promise<DataKey> {
    const row = (await this.store.newest()) ?? (await this.make());
    return this.unwrap(row);
  }

  /** @throws VaultError when there is no such key. */
  async get(id: string): Promise<DataKey> {
    const row = await this.store.byId(id);
    if (!row) throw new VaultError('vault-damaged', `The data key ${id} of this tenant is gone.`);
    return this.unwrap(row);
  }

  private async make(): Promise<DataKeyRow> {
    const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
    const wrapped = await seal(this.wrapping.key, bytes, this.place(FIRST_KEY));
    await this.store.add({ id: FIRST_KEY, wrappedBy: this.wrapping.id, wrapped });
    // Whoever was first decides; the loser's key has sealed nothing.
    const row = await this.store.byId(FIRST_KEY);
    if (!row) throw new VaultError('vault-damaged', 'The data key that was just made is gone.');
    return row;
  }

  private async unwrap({ id, wrappedBy, wrapped }: DataKeyRow): Promise<DataKey> {
    if (wrappedBy !== this.wrapping.id) {
      throw new VaultError('vault-closed', 'DEPLOYMENT_KEY is not the one these secrets were stored under.');
    }
    const bytes = await open(this.wrapping.key, wrapped, this.place(id));
    const key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
    return { id, key };
  }

  private readonly place = (id: string): string[] => ['data key', this.tenant, id];
}
