import { type CredentialType, defineCredential } from '../kit.ts';
import { signInFields } from '../sign-in-fields.ts';

export const credential: CredentialType = defineCredential({
  type: 'jiraSoftwareCloudOAuth2Api',
  title: 'Jira Cloud (OAuth2)',
  summary: 'Signs requests to Jira Cloud with tokens got by signing in.',
  fields: signInFields(),
  signIn: {
    authUrl: 'https://auth.atlassian.com/authorize',
    tokenUrl: 'https://auth.atlassian.com/oauth/token',
    authQuery: { audience: 'api.atlassian.com', prompt: 'consent' },
    scope: 'read:jira-work write:jira-work read:jira-user offline_access',
  },
  domains: ['api.atlassian.com'],
  probe: { url: 'https://api.atlassian.com/oauth/token/accessible-resources' },
});
