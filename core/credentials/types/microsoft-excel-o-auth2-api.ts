import { type CredentialType, defineCredential } from '../kit.ts';
import { MICROSOFT, MICROSOFT_TENANT, signInFields } from '../sign-in-fields.ts';

export const credential: CredentialType = defineCredential({
  type: 'microsoftExcelOAuth2Api',
  title: 'Microsoft Excel (OAuth2)',
  summary: 'Signs requests to Microsoft Excel with tokens got by signing in.',
  fields: [...signInFields(), MICROSOFT_TENANT],
  signIn: { ...MICROSOFT, scope: 'openid offline_access Files.ReadWrite' },
  domains: ['graph.microsoft.com'],
  probe: { url: 'https://graph.microsoft.com/v1.0/me/drive' },
});
