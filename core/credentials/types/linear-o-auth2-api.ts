import { type CredentialType, defineCredential } from '../kit.ts';
import { signInFields } from '../sign-in-fields.ts';

export const credential: CredentialType = defineCredential({
  type: 'linearOAuth2Api',
  title: 'Linear (OAuth2)',
  summary: 'Signs requests to Linear with tokens got by signing in.',
  fields: signInFields(),
  signIn: {
    authUrl: 'https://linear.app/oauth/authorize',
    tokenUrl: 'https://api.linear.app/oauth/token',
    authQuery: { prompt: 'consent' },
    scope: 'read write issues:create comments:create',
  },
  domains: ['api.linear.app'],
});
