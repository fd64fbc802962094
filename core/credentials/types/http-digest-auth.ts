import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'httpDigestAuth',
  title: 'Digest auth',
  summary: 'User and password, proven without sending the password (RFC 7616).',
  fields: [
    { name: 'user', label: 'User', type: 'string', required: true },
    { name: 'password', label: 'Password', type: 'string', secret: true, required: true },
  ],
});
