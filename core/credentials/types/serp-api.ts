import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'serpApi',
  title: 'SerpApi',
  summary: 'Signs requests to SerpApi.',
  fields: [{ name: 'apiKey', label: 'API key', type: 'string', secret: true, required: true }],
  sign: { query: { api_key: '{apiKey}' } },
  domains: ['serpapi.com'],
  probe: { url: 'https://serpapi.com/account' },
});
