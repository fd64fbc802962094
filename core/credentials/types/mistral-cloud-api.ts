import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'mistralCloudApi',
  title: 'Mistral',
  summary: 'Signs requests to Mistral.',
  fields: [{ name: 'apiKey', label: 'API key', type: 'string', secret: true, required: true }],
  sign: { headers: { authorization: 'Bearer {apiKey}' } },
  domains: ['api.mistral.ai'],
  probe: { url: 'https://api.mistral.ai/v1/models' },
});
