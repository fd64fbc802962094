import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'deepSeekApi',
  title: 'DeepSeek',
  summary: 'Signs requests to DeepSeek.',
  fields: [{ name: 'apiKey', label: 'API key', type: 'string', secret: true, required: true }],
  sign: { headers: { authorization: 'Bearer {apiKey}' } },
  domains: ['api.deepseek.com'],
  probe: { url: 'https://api.deepseek.com/models' },
});
