import { excess } from '../../../core/access/scope.ts';
import type { TenantRpc } from '../../../durable-objects/tenant/protocol.ts';
import { issueKey, ownAndMembersKeys, ownerOfMade } from '../../kit/issue-key.ts';
import type { Actor } from '../../kit/context.ts';
import type { KeyMaker, WantedKey } from '../../kit/issue-key.ts';
import { problemsOf } from '../../kit/problem.ts';
import { errors } from './contract.ts';

const problem = problemsOf(errors);

export interface KeyPorts extends KeyMaker {
  registry: Pick<TenantRpc, 'addKey' | 'listKeys' | 'revokeKey'>;
}

const HINTS = {
  'expiry-past': 'expiresAt is in milliseconds since 1970, and in the future.',
  'keys-full': 'Revoke one first.',
};

export function keyService(ports: KeyPorts) {
  return {
    /** The new key gets no more than the asking actor has, and belongs to whom they act for. */
    async create(wanted: WantedKey, actor: Actor) {
      const tooWide = excess(actor.scopes, wanted.scopes);
      if (tooWide.length > 0) {
        throw problem('scope-too-wide', { detail: `You do not have ${tooWide.join(', ')}.` });
      }
      const made = await issueKey(ports, wanted, ownerOfMade(actor));
      if (typeof made === 'string') throw problem(made, { hint: HINTS[made] });
      const { name, scopes, expiresAt } = wanted;
      return { id: made.id, name, scopes, expiresAt: expiresAt ?? null, key: made.key };
    },
    /** Those of service accounts are listed there. */
    list: () => ownAndMembersKeys(ports.registry),
    async revoke(id: string): Promise<void> {
      if (!(await ports.registry.revokeKey(id))) throw problem('key-unknown', { hint: 'GET /v1/keys lists them.' });
    },
  };
}
