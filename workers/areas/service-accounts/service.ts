import { excess } from '../../../core/access/scope.ts';
import type { TenantRpc } from '../../../durable-objects/tenant/protocol.ts';
import type { ServiceAccount, ServiceAccountStore } from '../../access/service-accounts.ts';
import { issueKey, keyOwner, keysOfService } from '../../kit/issue-key.ts';
import type { KeyMaker, WantedKey } from '../../kit/issue-key.ts';
import { problemsOf } from '../../kit/problem.ts';
import { errors } from './contract.ts';

export const MAX_ACCOUNTS = 500;

const problem = problemsOf(errors);

interface ServiceAccountPorts extends KeyMaker {
  store: ServiceAccountStore;
  registry: Pick<TenantRpc, 'addKey' | 'listKeys' | 'revokeKey' | 'revokeKeysOf'>;
  /** What the asking actor may do in the whole organisation. */
  held: readonly string[];
  /** All scopes its role and its grants give an account, wherever. */
  mostOf(account: ServiceAccount): Promise<readonly string[]>;
  /** Empty for a role there is not. */
  scopesOf(role: string): Promise<readonly string[]>;
  removeGrants(account: string): Promise<void>;
}

interface Change {
  name?: string | undefined;
  role?: string | undefined;
  disabled?: boolean | undefined;
}

const ownerOf = (account: string): string => keyOwner('service', account);

export function serviceAccountService(ports: ServiceAccountPorts) {
  const { store, registry, held, now, newId } = ports;
  const refuseExcess = (scopes: readonly string[]): void => {
    const tooWide = excess(held, scopes);
    if (tooWide.length === 0) return;
    throw problem('scope-too-wide', { detail: `You do not have ${tooWide.slice(0, 20).join(', ')}.` });
  };
  const taken = () => problem('service-account-name-taken', { hint: 'Choose another name.' });
  const get = async (id: string): Promise<ServiceAccount> => {
    const account = await store.get(id);
    if (!account) throw problem('service-account-unknown', { hint: 'GET /v1/service-accounts lists them.' });
    return account;
  };
  /** An account that may do more than the actor is not theirs to change: its keys would be a way up (ACC8). */
  const changeable = async (id: string): Promise<ServiceAccount> => {
    const account = await get(id);
    refuseExcess(await ports.mostOf(account));
    return account;
  };
  const refuseRole = async (role: string): Promise<void> => {
    const scopes = await ports.scopesOf(role);
    if (scopes.length === 0) throw problem('role-unknown', { hint: 'GET /v1/roles lists them.' });
    refuseExcess(scopes);
  };
  return {
    list: () => store.list(),
    get,
    async create({ name, role }: { name: string; role: string }): Promise<ServiceAccount> {
      await refuseRole(role);
      if ((await store.list()).length >= MAX_ACCOUNTS) {
        throw problem('service-accounts-full', { hint: 'Remove one first.' });
      }
      const account = { id: newId('sa'), name, role, disabledAt: null, createdAt: now() };
      if (!(await store.add(account))) throw taken();
      return account;
    },
    async change(id: string, { name, role, disabled }: Change) {
      const before = await changeable(id);
      if (role !== undefined) await refuseRole(role);
      const off = disabled === undefined ? before.disabledAt : disabled ? (before.disabledAt ?? now()) : null;
      const after = { ...before, name: name ?? before.name, role: role ?? before.role, disabledAt: off };
      if (!(await store.replace(after))) throw taken();
      return { before, after };
    },
    async remove(id: string): Promise<ServiceAccount> {
      const account = await changeable(id);
      // Keys first: whatever fails afterwards, nobody acts with a removed account.
      await registry.revokeKeysOf(ownerOf(id));
      await ports.removeGrants(id);
      await store.remove(id);
      return account;
    },
    async keys(id: string) {
      await get(id);
      return keysOfService(registry, id);
    },
    async addKey(id: string, wanted: WantedKey) {
      await changeable(id);
      const made = await issueKey(ports, wanted, ownerOf(id));
      if (made === 'expiry-past') {
        throw problem(made, { hint: 'expiresAt is in milliseconds since 1970, and in the future.' });
      }
      if (made === 'keys-full') throw problem(made, { hint: 'Revoke one first.' });
      const { name, scopes, expiresAt } = wanted;
      return { id: made.id, name, scopes, expiresAt: expiresAt ?? null, key: made.key };
    },
    async revokeKey(id: string, key: string): Promise<void> {
      const mine = (await this.keys(id)).some((each) => each.id === key);
      if (!mine || !(await registry.revokeKey(key))) {
        throw problem('key-unknown', { hint: `GET /v1/service-accounts/${id}/keys lists them.` });
      }
    },
  };
}
