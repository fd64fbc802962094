import { type CredentialType, defineCredential } from '../kit.ts';
import { signInFields } from '../sign-in-fields.ts';

export const credential: CredentialType = defineCredential({
  type: 'gitlabOAuth2Api',
  title: 'GitLab (OAuth2)',
  summary: 'Signs requests to GitLab with tokens got by signing in.',
  fields: signInFields(),
  signIn: { authUrl: 'https://gitlab.com/oauth/authorize', tokenUrl: 'https://gitlab.com/oauth/token', scope: 'api' },
  domains: ['gitlab.com'],
  probe: { url: 'https://gitlab.com/api/v4/user' },
});
