import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'otpApi',
  title: 'One-time passwords',
  summary: 'The shared secret of a TOTP generator.',
  fields: [
    { name: 'secret', label: 'Secret', type: 'string', secret: true, required: true, description: 'Base 32.' },
    { name: 'label', label: 'Label', type: 'string' },
  ],
});
