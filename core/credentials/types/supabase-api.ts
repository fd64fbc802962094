import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'supabaseApi',
  title: 'Supabase',
  summary: 'Signs requests to Supabase.',
  fields: [
    { name: 'host', label: 'Host', type: 'string' },
    { name: 'serviceRole', label: 'Service role secret', type: 'string', secret: true, required: true },
  ],
  sign: { headers: { apikey: '{serviceRole}', authorization: 'Bearer {serviceRole}' } },
  domains: ['*.supabase.co'],
  probe: { url: '{host}/rest/v1/' },
});
