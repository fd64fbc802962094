import { type CredentialType, defineCredential } from '../kit.ts';
import { PREFIX } from '../store-fields.ts';

export const credential: CredentialType = defineCredential({
  type: 'azureKeyVault',
  title: 'Azure Key Vault',
  summary: 'A store of secrets that other credentials refer to.',
  fields: [
    { name: 'vaultUrl', label: 'Address of the vault', type: 'string', required: true },
    { name: 'tenantId', label: 'Directory (tenant) ID', type: 'string', required: true },
    { name: 'clientId', label: 'Client ID', type: 'string', required: true },
    { name: 'clientSecret', label: 'Client secret', type: 'string', secret: true, required: true },
    { name: 'loginUrl', label: 'Login URL', type: 'string', default: 'https://login.microsoftonline.com' },
    PREFIX,
  ],
});
