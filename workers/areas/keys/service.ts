import type { TenantRpc } from '../../../durable-objects/tenant/protocol.ts';
import { allows, newApiKey } from '../../kit/api-key.ts';
import { sha256Hex } from '../../kit/digest.ts';
import { problemsOf } from '../../kit/problem.ts';
import { errors } from './contract.ts';

/** Far above any honest use, low enough that the registry stays small. */
export const MAX_KEYS = 500;

const problem = problemsOf(errors);

export interface KeyPorts {
  tenant: string;
  registry: Pick<TenantRpc, 'addKey' | 'listKeys' | 'revokeKey'>;
  newId(prefix: string): string;
}

export function keyService({ tenant, registry, newId }: KeyPorts) {
  return {
    /** `held`: what the asking key may do; the new one gets no more. */
    async create({ name, scopes }: { name: string; scopes: string[] }, held: readonly string[]) {
      const excess = scopes.filter((scope) => !allows(held, scope));
      if (excess.length > 0) {
        throw problem('scope-too-wide', { detail: `This key does not have ${excess.join(', ')}.` });
      }
      if ((await registry.listKeys()).length >= MAX_KEYS) throw problem('keys-full', { hint: 'Revoke one first.' });
      const key = newApiKey(tenant);
      const id = newId('key');
      await registry.addKey({ id, name, scopes, hash: await sha256Hex(key) });
      return { id, name, scopes, key };
    },
    async list() {
      return registry.listKeys();
    },
    async revoke(id: string): Promise<void> {
      if (!(await registry.revokeKey(id))) throw problem('key-unknown', { hint: 'GET /v1/keys lists them.' });
    },
  };
}
