import { type CredentialType, defineCredential } from '../kit.ts';
import { signInFields } from '../sign-in-fields.ts';

export const credential: CredentialType = defineCredential({
  type: 'salesforceOAuth2Api',
  title: 'Salesforce (OAuth2)',
  summary: 'Signs requests to Salesforce with tokens got by signing in.',
  fields: signInFields(),
  signIn: {
    authUrl: 'https://login.salesforce.com/services/oauth2/authorize',
    tokenUrl: 'https://login.salesforce.com/services/oauth2/token',
    scope: 'full refresh_token',
  },
  domains: ['*.salesforce.com'],
});
