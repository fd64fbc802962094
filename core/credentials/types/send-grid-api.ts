import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'sendGridApi',
  title: 'SendGrid',
  summary: 'Signs requests to SendGrid.',
  fields: [{ name: 'apiKey', label: 'API key', type: 'string', secret: true, required: true }],
  sign: { headers: { authorization: 'Bearer {apiKey}' } },
  domains: ['api.sendgrid.com'],
  probe: { url: 'https://api.sendgrid.com/v3/scopes' },
});
