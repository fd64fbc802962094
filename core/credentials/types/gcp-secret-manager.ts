import { type CredentialType, defineCredential } from '../kit.ts';
import { PREFIX } from '../store-fields.ts';

export const credential: CredentialType = defineCredential({
  type: 'gcpSecretManager',
  title: 'Google Secret Manager',
  summary: 'A store of secrets that other credentials refer to.',
  fields: [
    {
      name: 'serviceAccount',
      label: 'Key of a service account',
      type: 'json',
      secret: true,
      required: true,
      description: 'The JSON file Google gives.',
    },
    { name: 'project', label: 'Project', type: 'string', description: 'Empty: the one of the service account.' },
    { name: 'endpoint', label: 'Endpoint', type: 'string', default: 'https://secretmanager.googleapis.com' },
    { name: 'tokenUrl', label: 'Token URL', type: 'string', default: 'https://oauth2.googleapis.com/token' },
    PREFIX,
  ],
  domains: ['secretmanager.googleapis.com', 'oauth2.googleapis.com'],
});
