import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'notionApi',
  title: 'Notion',
  summary: 'Signs requests to Notion.',
  fields: [{ name: 'apiKey', label: 'API key', type: 'string', secret: true, required: true }],
  sign: { headers: { authorization: 'Bearer {apiKey}' }, defaults: { 'notion-version': '2022-06-28' } },
  domains: ['api.notion.com'],
  probe: { url: 'https://api.notion.com/v1/users/me' },
});
