import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'httpBasicAuth',
  title: 'Basic auth',
  summary: 'User and password in the Authorization header.',
  fields: [
    { name: 'user', label: 'User', type: 'string', required: true },
    { name: 'password', label: 'Password', type: 'string', secret: true },
  ],
});
