import type { KeyHead, TenantRpc } from '../../durable-objects/tenant/protocol.ts';
import { newApiKey } from './api-key.ts';
import { sha256Hex } from './digest.ts';

/** Far above any honest use, low enough that the registry stays small. */
export const MAX_KEYS = 500;
/** Of a key's secret: enough to tell keys apart, 24 of its 256 bits. */
const SHOWN_CHARS = 4;

export interface WantedKey {
  name: string;
  scopes: string[];
  /** Epoch milliseconds. */
  expiresAt?: number | undefined;
}

export interface KeyMaker {
  tenant: string;
  registry: Pick<TenantRpc, 'addKey' | 'listKeys'>;
  newId(prefix: string): string;
  now(): number;
}

/** Makes a key and stores its hash; why it cannot be made instead, as the code of a problem. */
export async function issueKey(
  { tenant, registry, newId, now }: KeyMaker,
  { name, scopes, expiresAt }: WantedKey,
  owner?: string,
): Promise<{ id: string; key: string } | 'expiry-past' | 'keys-full'> {
  if (expiresAt !== undefined && expiresAt <= now()) return 'expiry-past';
  if ((await registry.listKeys()).length >= MAX_KEYS) return 'keys-full';
  const key = newApiKey(tenant);
  const id = newId('key');
  const prefix = key.slice(0, tenant.length + 4 + SHOWN_CHARS);
  await registry.addKey({
    id,
    name,
    scopes,
    prefix,
    hash: await sha256Hex(key),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(owner === undefined ? {} : { owner }),
  });
  return { id, key };
}

/** The keys of one owner, null for the organisation's own; without saying whose they are. */
export async function keysOf(registry: Pick<TenantRpc, 'listKeys'>, owner: string | null) {
  return (await registry.listKeys())
    .filter((key) => key.owner === owner)
    .map((key): Omit<KeyHead, 'owner'> => {
      const { owner: _, ...head } = key;
      return head;
    });
}
