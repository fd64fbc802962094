import { type CredentialType, defineCredential } from '../kit.ts';
import { GOOGLE, signInFields } from '../sign-in-fields.ts';

export const credential: CredentialType = defineCredential({
  type: 'googleCalendarOAuth2Api',
  title: 'Google Calendar (OAuth2)',
  summary: 'Signs requests to Google Calendar with tokens got by signing in.',
  fields: signInFields(),
  signIn: {
    ...GOOGLE,
    scope: 'https://www.googleapis.com/auth/calendar https://www.googleapis.com/auth/calendar.events',
  },
  domains: ['*.googleapis.com'],
  probe: { url: 'https://www.googleapis.com/calendar/v3/users/me/calendarList?maxResults=1' },
});
