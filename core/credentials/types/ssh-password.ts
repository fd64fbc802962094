import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'sshPassword',
  title: 'SSH password',
  summary: 'A shell account with a password.',
  fields: [
    { name: 'host', label: 'Host', type: 'string', required: true, default: 'localhost' },
    { name: 'port', label: 'Port', type: 'number', default: 22 },
    { name: 'username', label: 'User', type: 'string', required: true },
    { name: 'password', label: 'Password', type: 'string', secret: true, required: true },
    {
      name: 'hostFingerprint',
      label: 'Host key fingerprint',
      type: 'string',
      description: 'SHA256:…, as ssh-keygen prints it. Empty: any host key is taken.',
    },
  ],
});
