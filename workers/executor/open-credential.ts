import type { Json } from '../../core/data/item.ts';
import { CredentialError, type OpenCredential, VaultError } from '../vault/resolver.ts';
import { EgressError } from './egress/error.ts';
import { type ExternalPlace, type ExternalPorts, withExternal } from './external/fetch.ts';

/**
 * Opens a credential for one effect, values in other stores included.
 * @throws EgressError `credential-missing`, `vault-closed`, `vault-damaged`, `external-secret`, `external-store`.
 */
export async function openCredential(
  ports: ExternalPorts,
  place: ExternalPlace,
  wish: { type: string; ref: Json },
): Promise<OpenCredential> {
  try {
    return await withExternal(await ports.credentials.resolve(place.tenant, wish), place, ports);
  } catch (error) {
    if (error instanceof CredentialError || error instanceof VaultError) {
      throw new EgressError(error.code, error.message, false);
    }
    throw error;
  }
}
