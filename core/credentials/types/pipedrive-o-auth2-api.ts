import { type CredentialType, defineCredential } from '../kit.ts';
import { signInFields } from '../sign-in-fields.ts';

export const credential: CredentialType = defineCredential({
  type: 'pipedriveOAuth2Api',
  title: 'Pipedrive (OAuth2)',
  summary: 'Signs requests to Pipedrive with tokens got by signing in.',
  fields: signInFields(),
  signIn: {
    authUrl: 'https://oauth.pipedrive.com/oauth/authorize',
    tokenUrl: 'https://oauth.pipedrive.com/oauth/token',
    authentication: 'header',
  },
  domains: ['api.pipedrive.com'],
  probe: { url: 'https://api.pipedrive.com/v1/users/me' },
});
