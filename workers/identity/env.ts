import type { MailEnv } from '../mail/outbox.ts';
import type { KeySource } from '../kit/key-source.ts';

/** Bindings and settings of the identity Worker; secrets are set by the operator. */
export interface IdentityEnv extends MailEnv, KeySource {
  DB: D1Database;
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
