import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'gitlabApi',
  title: 'GitLab',
  summary: 'Signs requests to GitLab.',
  fields: [
    { name: 'server', label: 'Server', type: 'string', default: 'https://gitlab.com' },
    { name: 'accessToken', label: 'Access token', type: 'string', secret: true, required: true },
  ],
  sign: { headers: { 'private-token': '{accessToken}' } },
  domains: ['gitlab.com'],
  probe: { url: '{server}/api/v4/user' },
});
