import type { MailEnv } from '../mail/outbox.ts';

/** Bindings and settings of the identity Worker; secrets are set by the operator. */
export interface IdentityEnv extends MailEnv {
  DB: D1Database;
  DEPLOYMENT_KEY?: string;
  /** Deployment keys that are being exchanged for it, separated by commas. */
  DEPLOYMENT_KEYS_OLD?: string;
  GOOGLE_CLIENT_ID?: string;
  GOOGLE_CLIENT_SECRET?: string;
  GITHUB_CLIENT_ID?: string;
  GITHUB_CLIENT_SECRET?: string;
  MICROSOFT_CLIENT_ID?: string;
  MICROSOFT_CLIENT_SECRET?: string;
  /** One OpenID Connect provider for the whole deployment; organisations have their own by SSO. */
  OIDC_ISSUER?: string;
  OIDC_CLIENT_ID?: string;
  OIDC_CLIENT_SECRET?: string;
  OIDC_NAME?: string;
}
