import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'wordpressApi',
  title: 'WordPress',
  summary: 'Signs requests to WordPress.',
  fields: [
    { name: 'username', label: 'User', type: 'string' },
    { name: 'password', label: 'Password', type: 'string', secret: true, required: true },
    { name: 'url', label: 'URL', type: 'string' },
  ],
  sign: { basic: ['username', 'password'] },
  probe: { url: '{url}/wp-json/wp/v2/users/me' },
});
