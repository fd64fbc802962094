import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'openRouterApi',
  title: 'OpenRouter',
  summary: 'Signs requests to OpenRouter.',
  fields: [{ name: 'apiKey', label: 'API key', type: 'string', secret: true, required: true }],
  sign: { headers: { authorization: 'Bearer {apiKey}' } },
  domains: ['openrouter.ai'],
  probe: { url: 'https://openrouter.ai/api/v1/key' },
});
