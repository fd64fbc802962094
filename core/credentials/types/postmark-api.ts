import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'postmarkApi',
  title: 'Postmark',
  summary: 'Signs requests to Postmark.',
  fields: [{ name: 'serverToken', label: 'Server token', type: 'string', secret: true, required: true }],
  sign: { headers: { 'x-postmark-server-token': '{serverToken}' } },
  domains: ['api.postmarkapp.com'],
  probe: { url: 'https://api.postmarkapp.com/server' },
});
