import { type CredentialType, defineCredential } from '../kit.ts';
import { signInFields } from '../sign-in-fields.ts';

export const credential: CredentialType = defineCredential({
  type: 'linkedInOAuth2Api',
  title: 'LinkedIn (OAuth2)',
  summary: 'Signs requests to LinkedIn with tokens got by signing in.',
  fields: signInFields(),
  signIn: {
    authUrl: 'https://www.linkedin.com/oauth/v2/authorization',
    tokenUrl: 'https://www.linkedin.com/oauth/v2/accessToken',
    scope: 'openid profile email w_member_social',
  },
  domains: ['api.linkedin.com'],
  probe: { url: 'https://api.linkedin.com/v2/userinfo' },
});
