import { type CredentialType, defineCredential } from '../kit.ts';
import { MICROSOFT, MICROSOFT_TENANT, signInFields } from '../sign-in-fields.ts';

export const credential: CredentialType = defineCredential({
  type: 'microsoftOAuth2Api',
  title: 'Microsoft (OAuth2)',
  summary: 'Signs requests to Microsoft with tokens got by signing in.',
  fields: [...signInFields(), MICROSOFT_TENANT],
  signIn: { ...MICROSOFT, scope: 'openid offline_access' },
  domains: ['graph.microsoft.com'],
});
