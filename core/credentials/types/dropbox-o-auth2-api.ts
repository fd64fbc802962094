import { type CredentialType, defineCredential } from '../kit.ts';
import { signInFields } from '../sign-in-fields.ts';

export const credential: CredentialType = defineCredential({
  type: 'dropboxOAuth2Api',
  title: 'Dropbox (OAuth2)',
  summary: 'Signs requests to Dropbox with tokens got by signing in.',
  fields: signInFields(),
  signIn: {
    authUrl: 'https://www.dropbox.com/oauth2/authorize',
    tokenUrl: 'https://api.dropboxapi.com/oauth2/token',
    authQuery: { token_access_type: 'offline' },
    authentication: 'header',
    scope: 'files.content.write files.content.read sharing.read account_info.read',
  },
  domains: ['api.dropboxapi.com', 'content.dropboxapi.com'],
});
