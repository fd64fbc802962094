import { type CredentialType, defineCredential } from '../kit.ts';
import { GOOGLE, signInFields } from '../sign-in-fields.ts';

export const credential: CredentialType = defineCredential({
  type: 'googleOAuth2Api',
  title: 'Google (OAuth2)',
  summary: 'Signs requests to Google with tokens got by signing in.',
  fields: signInFields(),
  signIn: { ...GOOGLE, scope: 'openid email' },
  domains: ['*.googleapis.com'],
  probe: { url: 'https://openidconnect.googleapis.com/v1/userinfo' },
});
