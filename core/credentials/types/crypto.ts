import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'crypto',
  title: 'Crypto',
  summary: 'Secrets for the Crypto node.',
  fields: [
    { name: 'hmacSecret', label: 'HMAC secret', type: 'string', secret: true },
    { name: 'signPrivateKey', label: 'Signing key', type: 'text', secret: true, description: 'PEM.' },
  ],
});
