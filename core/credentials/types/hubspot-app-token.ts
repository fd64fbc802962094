import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'hubspotAppToken',
  title: 'HubSpot',
  summary: 'Signs requests to HubSpot.',
  fields: [{ name: 'appToken', label: 'App token', type: 'string', secret: true, required: true }],
  sign: { headers: { authorization: 'Bearer {appToken}' } },
  domains: ['api.hubapi.com'],
  probe: { url: 'https://api.hubapi.com/account-info/v3/details' },
});
