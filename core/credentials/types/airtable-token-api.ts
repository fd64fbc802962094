import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'airtableTokenApi',
  title: 'Airtable',
  summary: 'Signs requests to Airtable.',
  fields: [{ name: 'accessToken', label: 'Access token', type: 'string', secret: true, required: true }],
  sign: { headers: { authorization: 'Bearer {accessToken}' } },
  domains: ['api.airtable.com', 'content.airtable.com'],
  probe: { url: 'https://api.airtable.com/v0/meta/whoami' },
});
