import type { HeldGrant, Rights } from '../../core/access/grant.ts';
import { isBuiltInRole, scopesOfRole } from '../../core/access/roles.ts';
import type { Env } from '../env.ts';
import { BoundedCache } from '../kit/bounded-cache.ts';
import type { Actor } from '../kit/context.ts';
import { d1Grants } from './grants.ts';
import type { Principal } from './grants.ts';
import { d1Roles } from './roles.ts';
import { d1ServiceAccounts } from './service-accounts.ts';
import type { ServiceAccount } from './service-accounts.ts';

/** Other isolates see a change at most this late (ACC10); the one that made it forgets at once. */
const KNOWN_FOR_MS = 20_000;
/** More grants than this to one principal are refused when they are made. */
export const MAX_GRANTS_EACH = 200;

interface TenantPolicy {
  roles?: Promise<ReadonlyMap<string, readonly string[]>>;
  grants: Map<string, Promise<readonly HeldGrant[]>>;
  accounts: Map<string, Promise<ServiceAccount | undefined>>;
}

// Per isolate, by tenant.
const policies = new BoundedCache<TenantPolicy>(1_000);

function policyOf(tenant: string): TenantPolicy {
  const nowMs = Date.now();
  let policy = policies.get(tenant, nowMs);
  if (!policy) {
    policy = { grants: new Map(), accounts: new Map() };
    policies.set(tenant, policy, nowMs + KNOWN_FOR_MS);
  }
  return policy;
}

/** After a role, grant or service account of the tenant was changed. */
export const forgetPolicy = (tenant: string): void => policies.delete(tenant);

/** A failed look-up is not kept: it would deny for as long as a right one. */
function kept<T>(made: Promise<T>, tenant: string): Promise<T> {
  made.catch(() => forgetPolicy(tenant));
  return made;
}

function customRoles(env: Env, tenant: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const policy = policyOf(tenant);
  policy.roles ??= kept(
    d1Roles(env.DB, tenant)
      .list()
      .then((list) => new Map(list.map(({ id, scopes }) => [id, scopes]))),
    tenant,
  );
  return policy.roles;
}

/** The scopes of a built-in or custom role; none for one that is not there. */
export async function roleScopes(env: Env, tenant: string, role: string): Promise<readonly string[]> {
  return isBuiltInRole(role) ? scopesOfRole(role) : ((await customRoles(env, tenant)).get(role) ?? []);
}

export function serviceAccount(env: Env, tenant: string, id: string): Promise<ServiceAccount | undefined> {
  const { accounts } = policyOf(tenant);
  const found = accounts.get(id) ?? kept(d1ServiceAccounts(env.DB, tenant).get(id), tenant);
  accounts.set(id, found);
  return found;
}

async function loadGrants(env: Env, tenant: string, to: Principal): Promise<readonly HeldGrant[]> {
  const stored = await d1Grants(env.DB, tenant).list({ to, limit: MAX_GRANTS_EACH });
  return Promise.all(
    stored.map(async ({ on, role, startsAt, endsAt }) => ({
      on,
      scopes: await roleScopes(env, tenant, role),
      startsAt,
      endsAt,
    })),
  );
}

/** All that decides what an actor may do. Keys of the organisation have scopes and no grants. */
export async function rightsOf(env: Env, { kind, id, tenant, scopes, ceiling }: Actor): Promise<Rights> {
  if (kind === 'key') return { scopes, grants: [], ceiling };
  const { grants } = policyOf(tenant);
  const key = `${kind}/${id}`;
  const held = grants.get(key) ?? kept(loadGrants(env, tenant, { kind, id }), tenant);
  grants.set(key, held);
  return { scopes, grants: await held, ceiling };
}
