import { type CredentialType, defineCredential } from '../kit.ts';
import { GOOGLE, signInFields } from '../sign-in-fields.ts';

export const credential: CredentialType = defineCredential({
  type: 'googleDocsOAuth2Api',
  title: 'Google Docs (OAuth2)',
  summary: 'Signs requests to Google Docs with tokens got by signing in.',
  fields: signInFields(),
  signIn: {
    ...GOOGLE,
    scope:
      'https://www.googleapis.com/auth/documents https://www.googleapis.com/auth/drive https://www.googleapis.com/auth/drive.file',
  },
  domains: ['*.googleapis.com'],
  probe: { url: 'https://www.googleapis.com/drive/v3/about?fields=user' },
});
