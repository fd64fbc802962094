import { type CredentialType, defineCredential } from '../kit.ts';
import { signInFields } from '../sign-in-fields.ts';

export const credential: CredentialType = defineCredential({
  type: 'twitterOAuth2Api',
  title: 'X (OAuth2)',
  summary: 'Signs requests to X with tokens got by signing in.',
  fields: signInFields(),
  signIn: {
    authUrl: 'https://x.com/i/oauth2/authorize',
    tokenUrl: 'https://api.x.com/2/oauth2/token',
    authentication: 'header',
    scope:
      'tweet.read users.read tweet.write tweet.moderate.write users.read follows.read follows.write offline.access like.read like.write dm.write dm.read list.read list.write',
  },
  domains: ['api.x.com', 'api.twitter.com'],
  probe: { url: 'https://api.x.com/2/users/me' },
});
