import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'stripeApi',
  title: 'Stripe',
  summary: 'Signs requests to Stripe.',
  fields: [{ name: 'secretKey', label: 'Secret key', type: 'string', secret: true, required: true }],
  sign: { headers: { authorization: 'Bearer {secretKey}' } },
  domains: ['api.stripe.com'],
  probe: { url: 'https://api.stripe.com/v1/balance' },
});
