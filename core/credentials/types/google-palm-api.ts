import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'googlePalmApi',
  title: 'Google Gemini',
  summary: 'Signs requests to Google Gemini.',
  fields: [
    { name: 'host', label: 'Host', type: 'string', default: 'https://generativelanguage.googleapis.com' },
    { name: 'apiKey', label: 'API key', type: 'string', secret: true, required: true },
  ],
  sign: { headers: { 'x-goog-api-key': '{apiKey}' } },
  domains: ['generativelanguage.googleapis.com'],
  probe: { url: 'https://generativelanguage.googleapis.com/v1beta/models' },
});
