import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'elevenLabsApi',
  title: 'ElevenLabs',
  summary: 'Signs requests to ElevenLabs.',
  fields: [{ name: 'apiKey', label: 'API key', type: 'string', secret: true, required: true }],
  sign: { headers: { 'xi-api-key': '{apiKey}' } },
  domains: ['api.elevenlabs.io'],
  probe: { url: 'https://api.elevenlabs.io/v1/user' },
});
