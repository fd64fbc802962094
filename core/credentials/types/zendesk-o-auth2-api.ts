import { type CredentialType, defineCredential } from '../kit.ts';
import { signInFields } from '../sign-in-fields.ts';

export const credential: CredentialType = defineCredential({
  type: 'zendeskOAuth2Api',
  title: 'Zendesk (OAuth2)',
  summary: 'Signs requests to Zendesk with tokens got by signing in.',
  fields: [...signInFields(), { name: 'subdomain', label: 'Subdomain', type: 'string', required: true }],
  signIn: {
    authUrl: 'https://{subdomain}.zendesk.com/oauth/authorizations/new',
    tokenUrl: 'https://{subdomain}.zendesk.com/oauth/tokens',
    scope: 'read write',
  },
  domains: ['{subdomain}.zendesk.com'],
  probe: { url: 'https://{subdomain}.zendesk.com/api/v2/users/me.json' },
});
