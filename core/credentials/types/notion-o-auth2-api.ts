import { type CredentialType, defineCredential } from '../kit.ts';
import { signInFields } from '../sign-in-fields.ts';

export const credential: CredentialType = defineCredential({
  type: 'notionOAuth2Api',
  title: 'Notion (OAuth2)',
  summary: 'Signs requests to Notion with tokens got by signing in.',
  fields: signInFields(),
  sign: { defaults: { 'notion-version': '2022-06-28' } },
  signIn: {
    authUrl: 'https://api.notion.com/v1/oauth/authorize',
    tokenUrl: 'https://api.notion.com/v1/oauth/token',
    authQuery: { owner: 'user' },
    authentication: 'header',
  },
  domains: ['api.notion.com'],
  probe: { url: 'https://api.notion.com/v1/users/me' },
});
