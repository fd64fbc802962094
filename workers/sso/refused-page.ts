import { languageOf } from '../kit/language.ts';
import { markup } from '../pages/html.ts';
import { pageResponse } from '../pages/layout.ts';
import { readerOf } from '../pages/reader.ts';
import type { Said } from './failure.ts';

const WORDS = {
  en: { title: 'Not signed in', back: 'Back to signing in' },
  de: { title: 'Nicht angemeldet', back: 'Zurück zur Anmeldung' },
} as const;

const ADMINISTRATOR = 'Fragen Sie, wer Ihre Organisation verwaltet: Ihr Protokoll sagt mehr.';
const AGAIN = 'Diese Anmeldung ist zu alt, schon benutzt oder von einem anderen Browser. Beginnen Sie noch einmal.';
const NO_MEMBER = 'Sie sind kein Mitglied dieser Organisation. Lassen Sie sich einladen.';

/** By code; what a provider did wrong is told its administrator, not everybody. */
const GERMAN: Readonly<Record<string, string>> = {
  'flow-unknown': AGAIN,
  'saml-replayed': 'Diese Anmeldung wurde schon benutzt. Beginnen Sie noch einmal.',
  'form-needed': 'Der Identitätsanbieter muss ein Formular schicken.',
  'connection-unknown': 'Diesen Zugang gibt es hier nicht.',
  'organization-suspended': 'Die Organisation kann gerade nicht benutzt werden.',
  'not-provisioned': NO_MEMBER,
  'no-role': 'Keine Ihrer Gruppen hat in dieser Organisation eine Rolle.',
  'members-full': 'Diese Organisation nimmt keine Mitglieder mehr auf; ihr Tarif sagt, wie viele.',
  'address-invalid': 'Ihr Identitätsanbieter nennt keine brauchbare E-Mail-Adresse.',
  'domain-not-verified': 'Die Domain Ihrer E-Mail-Adresse ist für diese Organisation nicht bestätigt.',
  deprovisioned: 'Ihr Identitätsanbieter hat Ihren Zugang abgeschaltet.',
};

function textOf({ code, status, text }: Said, language: 'en' | 'de'): string {
  if (language === 'en') return text;
  const known = Object.hasOwn(GERMAN, code) ? GERMAN[code] : undefined;
  if (known !== undefined) return known;
  return status === 403
    ? `Die Antwort Ihres Identitätsanbieters wurde nicht angenommen. ${ADMINISTRATOR}`
    : `Die Anmeldung ist gerade nicht möglich. ${ADMINISTRATOR}`;
}

/** For a person whose way through their organisation's provider ends here: why, and the way back. */
export function refusedPage(request: Request, said: Said, requestId: string): Response {
  const language = languageOf(request);
  const { title, back } = WORDS[language];
  const body = markup`<main><h1>${title}</h1><p>${textOf(said, language)}</p><p><a href="/sign-in">${back}</a></p></main>`;
  return pageResponse({ status: said.status, title, body }, readerOf(request, requestId));
}
