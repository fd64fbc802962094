import type { Language } from '../kit/language.ts';
import { phraseIn } from '../kit/phrases.ts';

const WORDS = {
  en: { connected: 'Connected', notConnected: 'Not connected' },
  de: { connected: 'Verbunden', notConnected: 'Nicht verbunden' },
} as const satisfies Record<Language, object>;

/** Why a sign-in did not end well, as it is thrown. */
const GERMAN: Readonly<Record<string, string>> = {
  '{} is connected. You can close this window.': '{} ist verbunden. Sie können dieses Fenster schließen.',
  'This sign-in is unknown, was used already, took more than ten minutes, or was begun in another browser. Begin it again.':
    'Diese Anmeldung ist unbekannt, schon benutzt, älter als zehn Minuten oder von einem anderen Browser. Beginnen Sie noch einmal.',
  'The organisation cannot be used right now.': 'Die Organisation kann gerade nicht benutzt werden.',
  'The credential is gone, or was changed.': 'Die Zugangsdaten gibt es nicht mehr, oder sie haben sich geändert.',
  'The service said: {}': 'Der Dienst sagte: {}',
  'The service sent no code.': 'Der Dienst schickte keinen Code.',
  'The credential was changed meanwhile. Begin again.':
    'Die Zugangsdaten haben sich inzwischen geändert. Beginnen Sie noch einmal.',
  'The answer comes from another service than the one that was asked.':
    'Die Antwort kommt von einem anderen Dienst als dem gefragten.',
  '{} could not be resolved': '{} ist nicht zu finden.',
  '{} could not be reached: {}': '{} war nicht zu erreichen: {}',
  '{} took longer than {} ms': '{} brauchte länger als {} ms.',
  '{} is on the deny list': '{} ist verboten.',
  '{} is not on the list of what may be reached': '{} ist nicht unter dem, was erreicht werden darf.',
};

/** What the page at the end says; English where a service's own words have no German. */
export function endWords(said: { ok: boolean; text: string }, language: Language): { title: string; text: string } {
  const { connected, notConnected } = WORDS[language];
  const title = said.ok ? connected : notConnected;
  return { title, text: (language === 'de' ? phraseIn(GERMAN, said.text) : undefined) ?? said.text };
}
