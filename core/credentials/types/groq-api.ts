import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'groqApi',
  title: 'Groq',
  summary: 'Signs requests to Groq.',
  fields: [{ name: 'apiKey', label: 'API key', type: 'string', secret: true, required: true }],
  sign: { headers: { authorization: 'Bearer {apiKey}' } },
  domains: ['api.groq.com'],
  probe: { url: 'https://api.groq.com/openai/v1/models' },
});
