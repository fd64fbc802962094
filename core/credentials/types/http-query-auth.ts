import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'httpQueryAuth',
  title: 'Query auth',
  summary: 'A secret value in a query parameter of your choice.',
  fields: [
    { name: 'name', label: 'Parameter name', type: 'string', required: true },
    { name: 'value', label: 'Value', type: 'string', secret: true, required: true },
  ],
});
