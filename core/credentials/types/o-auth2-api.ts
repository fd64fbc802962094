import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'oAuth2Api',
  title: 'OAuth2',
  summary: 'Tokens by signing in, by client credentials, or an access token you already have.',
  fields: [
    {
      name: 'grantType',
      label: 'Grant type',
      type: 'options',
      default: 'clientCredentials',
      options: ['clientCredentials', 'authorizationCode', 'pkce'],
    },
    { name: 'accessTokenUrl', label: 'Access token URL', type: 'string' },
    { name: 'authUrl', label: 'Authorization URL', type: 'string' },
    { name: 'clientId', label: 'Client ID', type: 'string' },
    { name: 'clientSecret', label: 'Client secret', type: 'string', secret: true },
    { name: 'scope', label: 'Scope', type: 'string', description: 'Scopes separated by blanks.' },
    { name: 'authQueryParameters', label: 'Auth URI query parameters', type: 'string' },
    {
      name: 'authentication',
      label: 'How the client proves itself',
      type: 'options',
      default: 'header',
      options: ['header', 'body'],
    },
    {
      name: 'accessToken',
      label: 'Access token',
      type: 'string',
      secret: true,
      description: 'Used as it is; no token is asked for.',
    },
  ],
});
