import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'githubApi',
  title: 'GitHub',
  summary: 'Signs requests to GitHub.',
  fields: [
    { name: 'server', label: 'Server', type: 'string', default: 'https://api.github.com' },
    { name: 'user', label: 'User', type: 'string' },
    { name: 'accessToken', label: 'Access token', type: 'string', secret: true, required: true },
  ],
  sign: { headers: { authorization: 'Bearer {accessToken}' } },
  domains: ['api.github.com', 'uploads.github.com'],
  probe: { url: '{server}/user' },
});
