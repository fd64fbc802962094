import { type CredentialType, defineCredential } from '../kit.ts';
import { signInFields } from '../sign-in-fields.ts';

export const credential: CredentialType = defineCredential({
  type: 'slackOAuth2Api',
  title: 'Slack (OAuth2)',
  summary: 'Signs requests to Slack with tokens got by signing in.',
  fields: signInFields(),
  signIn: {
    authUrl: 'https://slack.com/oauth/v2/authorize',
    tokenUrl: 'https://slack.com/api/oauth.v2.access',
    authQuery: {
      user_scope:
        'channels:read channels:write channels:history chat:write files:read files:write groups:read groups:history im:read im:history mpim:read mpim:history reactions:read reactions:write users:read users.profile:read',
    },
  },
  domains: ['slack.com', 'files.slack.com'],
  probe: { url: 'https://slack.com/api/auth.test', ok: 'ok' },
});
