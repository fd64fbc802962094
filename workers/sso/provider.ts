import { tenantOf } from '../../durable-objects/stubs.ts';
import type { Env } from '../env.ts';
import type { EgressPolicy } from '../executor/egress/policy.ts';
import { valueOf } from '../kit/refusal.ts';
import { addressesOf } from './addresses.ts';
import type { ConnectionRow } from './connection-store.ts';
import { egressOf } from './environment.ts';
import type { Directory } from './ldap/sign-in.ts';
import type { OidcClient } from './oidc/flow.ts';
import { openSecret } from './secrets.ts';
import type { LdapSettings } from '../../core/sso/ldap.ts';
import type { OidcSettings } from '../../core/sso/oidc.ts';

/** Where the tenant may reach out to. @throws Problem when there is no such tenant. */
const policyOf = async (env: Env, tenant: string): Promise<EgressPolicy> =>
  valueOf(await tenantOf(env, tenant).profile()).egress;

/** @throws VaultError. */
const secretOf = async (env: Env, tenant: string, row: ConnectionRow): Promise<string | undefined> =>
  row.secret === '' ? undefined : openSecret(env, tenant, row);

/** An OpenID connection, ready to be spoken to. @throws VaultError. */
export async function oidcClient(
  env: Env,
  { tenant, row, origin }: { tenant: string; row: ConnectionRow; origin: string },
): Promise<OidcClient> {
  const { issuer, clientId, scopes, groupsClaim } = JSON.parse(row.settings) as OidcSettings;
  return {
    provider: {
      tenant,
      issuer,
      policy: await policyOf(env, tenant),
      egress: egressOf(env),
      nowMs: Date.now(),
    },
    clientId,
    clientSecret: await secretOf(env, tenant, row),
    scopes,
    groupsClaim,
    redirectUri: addressesOf(origin, { tenant, id: row.id, kind: 'oidc' }).callback ?? '',
  };
}

/** A directory, ready to be spoken to. @throws VaultError. */
export async function ldapDirectory(env: Env, tenant: string, row: ConnectionRow): Promise<Directory> {
  return {
    settings: JSON.parse(row.settings) as LdapSettings,
    bindPassword: (await secretOf(env, tenant, row)) ?? '',
    policy: await policyOf(env, tenant),
    egress: egressOf(env),
  };
}
