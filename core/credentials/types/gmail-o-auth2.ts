import { type CredentialType, defineCredential } from '../kit.ts';
import { GOOGLE, signInFields } from '../sign-in-fields.ts';

export const credential: CredentialType = defineCredential({
  type: 'gmailOAuth2',
  title: 'Gmail (OAuth2)',
  summary: 'Signs requests to Gmail with tokens got by signing in.',
  fields: signInFields(),
  signIn: {
    ...GOOGLE,
    scope:
      'https://www.googleapis.com/auth/gmail.labels https://www.googleapis.com/auth/gmail.modify https://www.googleapis.com/auth/gmail.compose',
  },
  domains: ['*.googleapis.com'],
  probe: { url: 'https://gmail.googleapis.com/gmail/v1/users/me/profile' },
});
