import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'anthropicApi',
  title: 'Anthropic',
  summary: 'Signs requests to Anthropic.',
  fields: [{ name: 'apiKey', label: 'API key', type: 'string', secret: true, required: true }],
  sign: { headers: { 'x-api-key': '{apiKey}' }, defaults: { 'anthropic-version': '2023-06-01' } },
  domains: ['api.anthropic.com'],
  probe: { url: 'https://api.anthropic.com/v1/models' },
});
