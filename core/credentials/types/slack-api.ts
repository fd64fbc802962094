import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'slackApi',
  title: 'Slack',
  summary: 'Signs requests to Slack.',
  fields: [{ name: 'accessToken', label: 'Access token', type: 'string', secret: true, required: true }],
  sign: { headers: { authorization: 'Bearer {accessToken}' } },
  domains: ['slack.com', 'files.slack.com'],
  probe: { url: 'https://slack.com/api/auth.test', ok: 'ok' },
});
