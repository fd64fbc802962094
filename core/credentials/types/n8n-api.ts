import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'n8nApi',
  title: 'n8n',
  summary: 'Signs requests to n8n.',
  fields: [
    { name: 'apiKey', label: 'API key', type: 'string', secret: true, required: true },
    { name: 'baseUrl', label: 'Base URL', type: 'string' },
  ],
  sign: { headers: { 'x-n8n-api-key': '{apiKey}' } },
  probe: { url: '{baseUrl}/workflows?limit=1' },
});
