import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'qdrantApi',
  title: 'Qdrant',
  summary: 'Signs requests to Qdrant.',
  fields: [
    { name: 'qdrantUrl', label: 'URL', type: 'string' },
    { name: 'apiKey', label: 'API key', type: 'string', secret: true, required: true },
  ],
  sign: { headers: { 'api-key': '{apiKey}' } },
  probe: { url: '{qdrantUrl}/collections' },
});
