import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'imap',
  title: 'IMAP',
  summary: 'A mailbox to read e-mail from.',
  fields: [
    { name: 'user', label: 'User', type: 'string', required: true },
    { name: 'password', label: 'Password', type: 'string', secret: true, required: true },
    { name: 'host', label: 'Host', type: 'string', required: true },
    { name: 'port', label: 'Port', type: 'number', default: 993 },
    { name: 'secure', label: 'SSL/TLS', type: 'boolean', default: true },
    {
      name: 'allowUnauthorizedCerts',
      label: 'Any certificate',
      type: 'boolean',
      default: false,
      description: 'Refused here: certificates are always checked.',
    },
  ],
});
