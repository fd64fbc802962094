import { type CredentialType, defineCredential } from '../kit.ts';
import { signInFields } from '../sign-in-fields.ts';

export const credential: CredentialType = defineCredential({
  type: 'discordOAuth2Api',
  title: 'Discord (OAuth2)',
  summary: 'Signs requests to Discord with tokens got by signing in.',
  fields: signInFields(),
  signIn: {
    authUrl: 'https://discord.com/api/oauth2/authorize',
    tokenUrl: 'https://discord.com/api/oauth2/token',
    scope: 'identify guilds guilds.join',
  },
  domains: ['discord.com'],
  probe: { url: 'https://discord.com/api/v10/users/@me' },
});
