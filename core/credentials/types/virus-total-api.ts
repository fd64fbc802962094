import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'virusTotalApi',
  title: 'VirusTotal',
  summary: 'Signs requests to VirusTotal.',
  fields: [{ name: 'apiToken', label: 'API token', type: 'string', secret: true, required: true }],
  sign: { headers: { 'x-apikey': '{apiToken}' } },
  domains: ['www.virustotal.com'],
});
