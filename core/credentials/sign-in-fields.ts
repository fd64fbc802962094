import type { CredentialField, SignIn } from './kit.ts';

/** What every service asks of who signs in to it for others. */
export const signInFields = (): CredentialField[] => [
  { name: 'clientId', label: 'Client ID', type: 'string', required: true },
  { name: 'clientSecret', label: 'Client secret', type: 'string', secret: true, required: true },
  { name: 'scope', label: 'Scope', type: 'string', description: 'Scopes separated by blanks; empty: the usual ones.' },
];

export const GOOGLE: SignIn = {
  authUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
  tokenUrl: 'https://oauth2.googleapis.com/token',
  // Without these a refresh token comes with the first consent only, or never.
  authQuery: { access_type: 'offline', prompt: 'consent' },
};

export const MICROSOFT: SignIn = {
  authUrl: 'https://login.microsoftonline.com/{tenantId}/oauth2/v2.0/authorize',
  tokenUrl: 'https://login.microsoftonline.com/{tenantId}/oauth2/v2.0/token',
  authQuery: { response_mode: 'query' },
};

export const MICROSOFT_TENANT: CredentialField = {
  name: 'tenantId',
  label: 'Directory (tenant)',
  type: 'string',
  default: 'common',
  description: 'Id or domain of the directory; `common`: accounts of any.',
};
