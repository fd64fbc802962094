import { type CredentialType, defineCredential } from '../kit.ts';
import { MICROSOFT, MICROSOFT_TENANT, signInFields } from '../sign-in-fields.ts';

export const credential: CredentialType = defineCredential({
  type: 'microsoftTeamsOAuth2Api',
  title: 'Microsoft Teams (OAuth2)',
  summary: 'Signs requests to Microsoft Teams with tokens got by signing in.',
  fields: [...signInFields(), MICROSOFT_TENANT],
  signIn: {
    ...MICROSOFT,
    scope: 'openid offline_access User.Read.All Group.ReadWrite.All Chat.ReadWrite ChannelMessage.Read.All',
  },
  domains: ['graph.microsoft.com'],
  probe: { url: 'https://graph.microsoft.com/v1.0/me' },
});
