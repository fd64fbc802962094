import { type CredentialType, defineCredential } from '../kit.ts';
import { signInFields } from '../sign-in-fields.ts';

export const credential: CredentialType = defineCredential({
  type: 'airtableOAuth2Api',
  title: 'Airtable (OAuth2)',
  summary: 'Signs requests to Airtable with tokens got by signing in.',
  fields: signInFields(),
  signIn: {
    authUrl: 'https://airtable.com/oauth2/v1/authorize',
    tokenUrl: 'https://airtable.com/oauth2/v1/token',
    authentication: 'header',
    scope: 'schema.bases:read data.records:read data.records:write',
  },
  domains: ['api.airtable.com'],
  probe: { url: 'https://api.airtable.com/v0/meta/whoami' },
});
