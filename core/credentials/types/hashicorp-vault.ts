import { type CredentialType, defineCredential } from '../kit.ts';
import { PREFIX } from '../store-fields.ts';

export const credential: CredentialType = defineCredential({
  type: 'hashicorpVault',
  title: 'HashiCorp Vault',
  summary: 'A store of secrets (KV version 2) that other credentials refer to.',
  fields: [
    { name: 'url', label: 'Address', type: 'string', required: true },
    { name: 'token', label: 'Token', type: 'string', secret: true, required: true },
    { name: 'mount', label: 'Mount', type: 'string', default: 'secret' },
    { name: 'namespace', label: 'Namespace', type: 'string' },
    PREFIX,
  ],
});
