import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'ftp',
  title: 'FTP',
  summary: 'An account on an FTP server.',
  fields: [
    { name: 'host', label: 'Host', type: 'string', required: true },
    { name: 'port', label: 'Port', type: 'number', default: 21 },
    { name: 'username', label: 'User', type: 'string' },
    { name: 'password', label: 'Password', type: 'string', secret: true },
  ],
});
