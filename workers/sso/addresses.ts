import type { Connection } from '../areas/sso-connections/contract.ts';

/** Every address of a connection, told to its identity provider. `origin` is where people reach this deployment. */
export function addressesOf(
  origin: string,
  { tenant, id, kind }: { tenant: string; id: string; kind: string },
): Connection['addresses'] {
  const base = `${origin}/sso/${tenant}/${id}`;
  return {
    signIn: kind === 'ldap' ? `${base}/sign-in` : `${base}/start`,
    ...(kind === 'oidc' ? { callback: `${base}/callback` } : {}),
    ...(kind === 'saml' ? { callback: `${base}/acs`, metadata: `${base}/metadata` } : {}),
    scim: `${origin}/scim/v2`,
  };
}
