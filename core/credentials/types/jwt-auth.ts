import { JWT_ALGORITHMS } from '../jwt-algorithms.ts';
import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'jwtAuth',
  title: 'JWT auth',
  summary: 'The key that signs and checks JSON Web Tokens.',
  fields: [
    { name: 'keyType', label: 'Key type', type: 'options', default: 'passphrase', options: ['passphrase', 'pemKey'] },
    { name: 'secret', label: 'Secret', type: 'string', secret: true },
    { name: 'privateKey', label: 'Private key', type: 'text', secret: true, description: 'PEM.' },
    { name: 'publicKey', label: 'Public key', type: 'text', description: 'PEM.' },
    {
      name: 'algorithm',
      label: 'Algorithm',
      type: 'options',
      default: 'HS256',
      options: [...JWT_ALGORITHMS, 'none'],
    },
  ],
});
