import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'facebookGraphApi',
  title: 'Facebook Graph',
  summary: 'Signs requests to the Facebook Graph.',
  fields: [{ name: 'accessToken', label: 'Access token', type: 'string', secret: true, required: true }],
  sign: { query: { access_token: '{accessToken}' } },
  domains: ['graph.facebook.com', 'graph-video.facebook.com'],
  probe: { url: 'https://graph.facebook.com/me' },
});
