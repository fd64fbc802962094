import { excess } from '../../../core/access/scope.ts';
import type { TenantRpc } from '../../../durable-objects/tenant/protocol.ts';
import { newApiKey } from '../../kit/api-key.ts';
import { sha256Hex } from '../../kit/digest.ts';
import { problemsOf } from '../../kit/problem.ts';
import { errors } from './contract.ts';

/** Far above any honest use, low enough that the registry stays small. */
export const MAX_KEYS = 500;

/** Of a key's secret: enough to tell keys apart, 24 of its 256 bits. */
const SHOWN_CHARS = 4;

const problem = problemsOf(errors);

export interface KeyPorts {
  tenant: string;
  registry: Pick<TenantRpc, 'addKey' | 'listKeys' | 'revokeKey'>;
  newId(prefix: string): string;
  now(): number;
}

interface WantedKey {
  name: string;
  scopes: string[];
  expiresAt?: number | undefined;
}

export function keyService({ tenant, registry, newId, now }: KeyPorts) {
  return {
    /** `held`: what the asking key may do; the new one gets no more. */
    async create({ name, scopes, expiresAt }: WantedKey, held: readonly string[]) {
      if (expiresAt !== undefined && expiresAt <= now()) {
        throw problem('expiry-past', { hint: 'expiresAt is in milliseconds since 1970, and in the future.' });
      }
      const tooWide = excess(held, scopes);
      if (tooWide.length > 0) {
        throw problem('scope-too-wide', { detail: `You do not have ${tooWide.join(', ')}.` });
      }
      if ((await registry.listKeys()).length >= MAX_KEYS) throw problem('keys-full', { hint: 'Revoke one first.' });
      const key = newApiKey(tenant);
      const id = newId('key');
      const prefix = key.slice(0, tenant.length + 4 + SHOWN_CHARS);
      const made = { id, name, scopes, prefix, hash: await sha256Hex(key) };
      await registry.addKey(expiresAt === undefined ? made : { ...made, expiresAt });
      return { id, name, scopes, expiresAt: expiresAt ?? null, key };
    },
    async list() {
      return registry.listKeys();
    },
    async revoke(id: string): Promise<void> {
      if (!(await registry.revokeKey(id))) throw problem('key-unknown', { hint: 'GET /v1/keys lists them.' });
    },
  };
}
