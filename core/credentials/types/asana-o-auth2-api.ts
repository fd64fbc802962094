import { type CredentialType, defineCredential } from '../kit.ts';
import { signInFields } from '../sign-in-fields.ts';

export const credential: CredentialType = defineCredential({
  type: 'asanaOAuth2Api',
  title: 'Asana (OAuth2)',
  summary: 'Signs requests to Asana with tokens got by signing in.',
  fields: signInFields(),
  signIn: { authUrl: 'https://app.asana.com/-/oauth_authorize', tokenUrl: 'https://app.asana.com/-/oauth_token' },
  domains: ['app.asana.com'],
  probe: { url: 'https://app.asana.com/api/1.0/users/me' },
});
