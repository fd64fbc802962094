import { type KeySource, oldKeysOf } from '../kit/key-source.ts';
import { VaultError, wrappingKey, type WrappingKey } from './envelope.ts';

/** The deployment's keys by id. An old one is derived only when something still needs it. */
export class DeploymentKeys {
  readonly newest: WrappingKey;
  readonly #old: readonly string[];

  private constructor(newest: WrappingKey, old: readonly string[]) {
    this.newest = newest;
    this.#old = old;
  }

  /** @throws VaultError `vault-closed` when there is no key. */
  static async of(keys: KeySource): Promise<DeploymentKeys> {
    return new DeploymentKeys(await wrappingKey(keys.DEPLOYMENT_KEY), oldKeysOf(keys));
  }

  /** @throws VaultError `vault-closed` when no key of the deployment has this id. */
  async get(id: string): Promise<WrappingKey> {
    if (this.newest.id === id) return this.newest;
    for (const text of this.#old) {
      const key = await wrappingKey(text);
      if (key.id === id) return key;
    }
    throw new VaultError('vault-closed', 'DEPLOYMENT_KEY is not the one these secrets were stored under.');
  }
}
