import { type CredentialType, defineCredential } from '../kit.ts';
import { signInFields } from '../sign-in-fields.ts';

export const credential: CredentialType = defineCredential({
  type: 'zoomOAuth2Api',
  title: 'Zoom (OAuth2)',
  summary: 'Signs requests to Zoom with tokens got by signing in.',
  fields: signInFields(),
  signIn: {
    authUrl: 'https://zoom.us/oauth/authorize',
    tokenUrl: 'https://zoom.us/oauth/token',
    authentication: 'header',
  },
  domains: ['api.zoom.us'],
  probe: { url: 'https://api.zoom.us/v2/users/me' },
});
