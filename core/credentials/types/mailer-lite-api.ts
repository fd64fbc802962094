import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'mailerLiteApi',
  title: 'MailerLite',
  summary: 'Signs requests to MailerLite.',
  fields: [{ name: 'apiKey', label: 'API key', type: 'string', secret: true, required: true }],
  sign: { headers: { authorization: 'Bearer {apiKey}' } },
  domains: ['connect.mailerlite.com'],
  probe: { url: 'https://connect.mailerlite.com/api/subscribers?limit=0' },
});
