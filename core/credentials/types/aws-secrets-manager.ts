import { type CredentialType, defineCredential } from '../kit.ts';
import { PREFIX } from '../store-fields.ts';

export const credential: CredentialType = defineCredential({
  type: 'awsSecretsManager',
  title: 'AWS Secrets Manager',
  summary: 'A store of secrets that other credentials refer to.',
  fields: [
    { name: 'region', label: 'Region', type: 'string', required: true },
    { name: 'accessKeyId', label: 'Access key ID', type: 'string', secret: true, required: true },
    { name: 'secretAccessKey', label: 'Secret access key', type: 'string', secret: true, required: true },
    { name: 'sessionToken', label: 'Session token', type: 'string', secret: true },
    { name: 'endpoint', label: 'Endpoint', type: 'string', description: 'Empty: the one of the region.' },
    PREFIX,
  ],
  domains: ['secretsmanager.{region}.amazonaws.com'],
});
