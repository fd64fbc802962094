import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'openAiApi',
  title: 'OpenAI',
  summary: 'Signs requests to OpenAI.',
  fields: [
    { name: 'apiKey', label: 'API key', type: 'string', secret: true, required: true },
    { name: 'organizationId', label: 'Organization', type: 'string' },
    { name: 'url', label: 'Base URL', type: 'string', default: 'https://api.openai.com/v1' },
  ],
  sign: { headers: { authorization: 'Bearer {apiKey}', 'openai-organization': '{organizationId}' } },
  domains: ['api.openai.com'],
  probe: { url: '{url}/models' },
});
