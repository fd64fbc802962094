import { type CredentialType, defineCredential } from '../kit.ts';
import { signInFields } from '../sign-in-fields.ts';

export const credential: CredentialType = defineCredential({
  type: 'spotifyOAuth2Api',
  title: 'Spotify (OAuth2)',
  summary: 'Signs requests to Spotify with tokens got by signing in.',
  fields: signInFields(),
  signIn: {
    authUrl: 'https://accounts.spotify.com/authorize',
    tokenUrl: 'https://accounts.spotify.com/api/token',
    authentication: 'header',
    scope: 'user-read-playback-state playlist-read-private user-read-recently-played user-library-read',
  },
  domains: ['api.spotify.com'],
  probe: { url: 'https://api.spotify.com/v1/me' },
});
