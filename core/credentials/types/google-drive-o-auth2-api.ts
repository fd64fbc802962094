import { type CredentialType, defineCredential } from '../kit.ts';
import { GOOGLE, signInFields } from '../sign-in-fields.ts';

export const credential: CredentialType = defineCredential({
  type: 'googleDriveOAuth2Api',
  title: 'Google Drive (OAuth2)',
  summary: 'Signs requests to Google Drive with tokens got by signing in.',
  fields: signInFields(),
  signIn: { ...GOOGLE, scope: 'https://www.googleapis.com/auth/drive' },
  domains: ['*.googleapis.com'],
  probe: { url: 'https://www.googleapis.com/drive/v3/about?fields=user' },
});
