import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'smtp',
  title: 'SMTP',
  summary: 'A server that sends e-mail.',
  fields: [
    { name: 'user', label: 'User', type: 'string' },
    { name: 'password', label: 'Password', type: 'string', secret: true },
    { name: 'host', label: 'Host', type: 'string', required: true },
    { name: 'port', label: 'Port', type: 'number', default: 465 },
    {
      name: 'secure',
      label: 'SSL/TLS',
      type: 'boolean',
      default: true,
      description: 'TLS from the first byte; otherwise STARTTLS where the server offers it.',
    },
    { name: 'disableStartTls', label: 'No STARTTLS', type: 'boolean', default: false },
    { name: 'hostName', label: 'Client host name', type: 'string', description: 'Sent in EHLO.' },
  ],
});
