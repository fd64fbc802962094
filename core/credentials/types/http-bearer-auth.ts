import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'httpBearerAuth',
  title: 'Bearer auth',
  summary: 'A token in the Authorization header.',
  fields: [{ name: 'token', label: 'Token', type: 'string', secret: true, required: true }],
});
