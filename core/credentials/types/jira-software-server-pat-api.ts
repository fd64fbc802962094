import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'jiraSoftwareServerPatApi',
  title: 'Jira Server',
  summary: 'Signs requests to Jira Server.',
  fields: [
    { name: 'personalAccessToken', label: 'Personal access token', type: 'string', secret: true, required: true },
    { name: 'domain', label: 'URL', type: 'string' },
  ],
  sign: { headers: { authorization: 'Bearer {personalAccessToken}' } },
  probe: { url: '{domain}/rest/api/2/myself' },
});
