import { type CredentialType, defineCredential } from '../kit.ts';
import { MICROSOFT, MICROSOFT_TENANT, signInFields } from '../sign-in-fields.ts';

export const credential: CredentialType = defineCredential({
  type: 'microsoftOutlookOAuth2Api',
  title: 'Microsoft Outlook (OAuth2)',
  summary: 'Signs requests to Microsoft Outlook with tokens got by signing in.',
  fields: [...signInFields(), MICROSOFT_TENANT],
  signIn: {
    ...MICROSOFT,
    scope: 'openid offline_access Contacts.ReadWrite Calendars.ReadWrite Mail.ReadWrite Mail.Send MailboxSettings.Read',
  },
  domains: ['graph.microsoft.com'],
  probe: { url: 'https://graph.microsoft.com/v1.0/me' },
});
