import type { KeyHead, TenantRpc } from '../../durable-objects/tenant/protocol.ts';
import type { Actor } from './context.ts';
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

/** How the tenant object names whose key it is. */
export const keyOwner = (kind: 'member' | 'service', id: string): string => `${kind}:${id}`;

/** Whose keys are those somebody makes: a key's are its own owner's, so that no key outlives or outgrows whom it began with. */
export const ownerOfMade = ({ kind, id, owner }: Actor): string | undefined =>
  kind === 'key' ? owner : keyOwner(kind, id);

const MEMBER = keyOwner('member', '');

/** As it is shown: with the member it belongs to, if it does. */
function shown({ owner, ...head }: KeyHead): Omit<KeyHead, 'owner'> & { member?: string } {
  return owner?.startsWith(MEMBER) ? { ...head, member: owner.slice(MEMBER.length) } : head;
}

/** The organisation's own keys and those of its members. */
export const ownAndMembersKeys = async (registry: Pick<TenantRpc, 'listKeys'>) =>
  (await registry.listKeys()).filter(({ owner }) => owner === null || owner.startsWith(MEMBER)).map(shown);

export const keysOfService = async (registry: Pick<TenantRpc, 'listKeys'>, id: string) =>
  (await registry.listKeys()).filter(({ owner }) => owner === keyOwner('service', id)).map(shown);
