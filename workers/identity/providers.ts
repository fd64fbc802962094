import type { GenericOAuthConfig } from 'better-auth/plugins/generic-oauth';
import type { IdentityEnv } from './env.ts';

export interface Client {
  clientId: string;
  clientSecret: string;
}

const client = (clientId: string | undefined, clientSecret: string | undefined): Client | undefined =>
  clientId && clientSecret ? { clientId, clientSecret } : undefined;

/** The providers whose client the operator has set; the others do not exist. */
export function socialProviders(env: IdentityEnv): Record<string, Client> {
  const all = {
    google: client(env.GOOGLE_CLIENT_ID, env.GOOGLE_CLIENT_SECRET),
    github: client(env.GITHUB_CLIENT_ID, env.GITHUB_CLIENT_SECRET),
    microsoft: client(env.MICROSOFT_CLIENT_ID, env.MICROSOFT_CLIENT_SECRET),
  };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, Client] => entry[1] !== undefined));
}

/** A provider of the deployment's own: id tokens are verified against its keys, bound to a nonce, and PKCE is used. */
export function ownProviders(env: IdentityEnv): GenericOAuthConfig[] {
  const own = client(env.OIDC_CLIENT_ID, env.OIDC_CLIENT_SECRET);
  if (!own || !env.OIDC_ISSUER) return [];
  return [
    {
      ...own,
      providerId: 'oidc',
      name: env.OIDC_NAME ?? 'Single sign-on',
      discoveryUrl: `${env.OIDC_ISSUER.replace(/\/+$/, '')}/.well-known/openid-configuration`,
      requireIdTokenVerification: true,
      pkce: true,
      scopes: ['openid', 'email', 'profile'],
    },
  ];
}

/** What sign-in pages may offer, and what the operator calls it. */
export function offered(env: IdentityEnv): { providers: string[]; names: Record<string, string> } {
  const providers = [...Object.keys(socialProviders(env)), ...ownProviders(env).map(({ providerId }) => providerId)];
  return { providers, names: env.OIDC_NAME && providers.includes('oidc') ? { oidc: env.OIDC_NAME } : {} };
}
