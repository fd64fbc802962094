import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'apifyApi',
  title: 'Apify',
  summary: 'Signs requests to Apify.',
  fields: [{ name: 'apiKey', label: 'API key', type: 'string', secret: true, required: true }],
  sign: { headers: { authorization: 'Bearer {apiKey}' } },
  domains: ['api.apify.com'],
  probe: { url: 'https://api.apify.com/v2/users/me' },
});
