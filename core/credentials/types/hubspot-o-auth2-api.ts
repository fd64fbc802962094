import { type CredentialType, defineCredential } from '../kit.ts';
import { signInFields } from '../sign-in-fields.ts';

export const credential: CredentialType = defineCredential({
  type: 'hubspotOAuth2Api',
  title: 'HubSpot (OAuth2)',
  summary: 'Signs requests to HubSpot with tokens got by signing in.',
  fields: signInFields(),
  signIn: {
    authUrl: 'https://app.hubspot.com/oauth/authorize',
    tokenUrl: 'https://api.hubapi.com/oauth/v1/token',
    scope:
      'crm.objects.contacts.read crm.objects.contacts.write crm.objects.companies.read crm.objects.companies.write crm.objects.deals.read crm.objects.deals.write',
  },
  domains: ['api.hubapi.com'],
  probe: { url: 'https://api.hubapi.com/crm/v3/objects/contacts?limit=1' },
});
