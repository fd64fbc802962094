import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'sshPrivateKey',
  title: 'SSH private key',
  summary: 'A shell account with a key.',
  fields: [
    { name: 'host', label: 'Host', type: 'string', required: true, default: 'localhost' },
    { name: 'port', label: 'Port', type: 'number', default: 22 },
    { name: 'username', label: 'User', type: 'string', required: true },
    { name: 'privateKey', label: 'Private key', type: 'text', secret: true, required: true },
    { name: 'passphrase', label: 'Passphrase', type: 'string', secret: true },
    {
      name: 'hostFingerprint',
      label: 'Host key fingerprint',
      type: 'string',
      description: 'SHA256:…, as ssh-keygen prints it. Empty: any host key is taken.',
    },
  ],
});
