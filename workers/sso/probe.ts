import type { Env } from '../env.ts';
import { VaultError } from '../vault/envelope.ts';
import type { ConnectionRow } from './connection-store.ts';
import { LdapError } from './ldap/error.ts';
import { filterWith } from './ldap/filter.ts';
import { ldapProbe } from './ldap/sign-in.ts';
import { discover } from './oidc/discovery.ts';
import { OidcError } from './oidc/error.ts';
import { loadKeys } from './oidc/keys.ts';
import { ldapDirectory, oidcClient } from './provider.ts';
import type { LdapSettings } from '../../core/sso/ldap.ts';

/** What is wrong with a directory's filters; undefined: nothing. */
export function checkFilters(settings: object): string | undefined {
  const { userFilter, groupFilter, groupBaseDn } = settings as LdapSettings;
  try {
    filterWith(userFilter, 'username');
    if (groupBaseDn !== undefined) filterWith(groupFilter, 'dn');
    return undefined;
  } catch (error) {
    if (error instanceof LdapError) return error.message;
    throw error;
  }
}

/** Asks the identity provider whether the settings work. What fails is said, never thrown. */
export async function probeConnection(
  env: Env,
  tenant: string,
  row: ConnectionRow,
): Promise<{ works: boolean; detail: string }> {
  try {
    if (row.kind === 'ldap') {
      await ldapProbe(await ldapDirectory(env, tenant, row));
      return { works: true, detail: 'The service account is bound and may search.' };
    }
    if (row.kind === 'oidc') {
      const { provider } = await oidcClient(env, { tenant, row, origin: 'https://unused.invalid' });
      const { jwksUri } = await discover(provider);
      await loadKeys(provider, jwksUri);
      return { works: true, detail: 'The provider describes itself and has keys; sign in once to try the client.' };
    }
    return { works: true, detail: 'Certificates and addresses can be read; sign in once to try them.' };
  } catch (error) {
    if (error instanceof LdapError || error instanceof OidcError || error instanceof VaultError) {
      return { works: false, detail: error.message };
    }
    throw error;
  }
}
