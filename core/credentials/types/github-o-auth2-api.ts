import { type CredentialType, defineCredential } from '../kit.ts';
import { signInFields } from '../sign-in-fields.ts';

export const credential: CredentialType = defineCredential({
  type: 'githubOAuth2Api',
  title: 'GitHub (OAuth2)',
  summary: 'Signs requests to GitHub with tokens got by signing in.',
  fields: signInFields(),
  signIn: {
    authUrl: 'https://github.com/login/oauth/authorize',
    tokenUrl: 'https://github.com/login/oauth/access_token',
    scope: 'repo admin:repo_hook admin:org_hook user workflow',
  },
  domains: ['api.github.com', 'uploads.github.com'],
  probe: { url: 'https://api.github.com/user' },
});
