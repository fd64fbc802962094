import type { DataKeys } from './data-keys.ts';
import { open, seal } from './envelope.ts';
import { Records, type VaultEnv } from './records.ts';

export type ValueVault = VaultEnv;

export interface SealedValue {
  keyId: string;
  text: string;
}

const keysOf = (env: ValueVault, tenant: string): Promise<DataKeys> =>
  new Records(env, tenant, () => Date.now()).keys();

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
