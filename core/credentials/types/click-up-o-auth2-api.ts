import { type CredentialType, defineCredential } from '../kit.ts';
import { signInFields } from '../sign-in-fields.ts';

export const credential: CredentialType = defineCredential({
  type: 'clickUpOAuth2Api',
  title: 'ClickUp (OAuth2)',
  summary: 'Signs requests to ClickUp with tokens got by signing in.',
  fields: signInFields(),
  signIn: { authUrl: 'https://app.clickup.com/api', tokenUrl: 'https://api.clickup.com/api/v2/oauth/token' },
  domains: ['api.clickup.com'],
  probe: { url: 'https://api.clickup.com/api/v2/user' },
});
