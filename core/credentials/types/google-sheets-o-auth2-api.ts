import { type CredentialType, defineCredential } from '../kit.ts';
import { GOOGLE, signInFields } from '../sign-in-fields.ts';

export const credential: CredentialType = defineCredential({
  type: 'googleSheetsOAuth2Api',
  title: 'Google Sheets (OAuth2)',
  summary: 'Signs requests to Google Sheets with tokens got by signing in.',
  fields: signInFields(),
  signIn: {
    ...GOOGLE,
    scope:
      'https://www.googleapis.com/auth/drive.file https://www.googleapis.com/auth/spreadsheets https://www.googleapis.com/auth/drive.metadata',
  },
  domains: ['*.googleapis.com'],
  probe: { url: 'https://www.googleapis.com/drive/v3/about?fields=user' },
});
