import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'httpHeaderAuth',
  title: 'Header auth',
  summary: 'A secret value in a header of your choice.',
  fields: [
    { name: 'name', label: 'Header name', type: 'string', required: true, default: 'Authorization' },
    { name: 'value', label: 'Value', type: 'string', secret: true, required: true },
  ],
});
