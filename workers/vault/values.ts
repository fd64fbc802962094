import { DataKeys } from './data-keys.ts';
import { open, seal, wrappingKey } from './envelope.ts';
import { d1DataKeys } from './store.ts';

export interface ValueVault {
  DB: D1Database;
  DEPLOYMENT_KEY?: string;
}

export interface SealedValue {
  keyId: string;
  text: string;
}

async function keysOf(env: ValueVault, tenant: string): Promise<DataKeys> {
  const store = d1DataKeys(env.DB, tenant, () => Date.now());
  return new DataKeys({ store, tenant, wrapping: await wrappingKey(env.DEPLOYMENT_KEY) });
}

/** Seals one text under the tenant's current data key, for one place. @throws VaultError */
export async function sealValue(
  env: ValueVault,
  tenant: string,
  { place, text }: { place: string[]; text: string },
): Promise<SealedValue> {
  const { id, key } = await (await keysOf(env, tenant)).current();
  return { keyId: id, text: await seal(key, Uint8Array.from(new TextEncoder().encode(text)), place) };
}

/** @throws VaultError */
export async function openValue(
  env: ValueVault,
  tenant: string,
  { place, sealed }: { place: string[]; sealed: SealedValue },
): Promise<string> {
  const { key } = await (await keysOf(env, tenant)).get(sealed.keyId);
  return new TextDecoder().decode(await open(key, sealed.text, place));
}
