import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'totp',
  title: 'Einmalcode',
  summary: 'Gibt den Code, den eine Authenticator-App jetzt zeigte (TOTP).',
  fields: { Digits: 'Stellen', 'Seconds a code lives': 'Sekunden, die ein Code gilt' },
  options: { generateSecret: 'Code erzeugen' },
  failures: {
    'There is no digest "{}" for codes.': 'Das Hashverfahren „{}“ gibt es für Codes nicht.',
    'The secret of the credential is not base 32.': 'Das Geheimnis der Zugangsdaten ist kein Base32.',
    'The credential has no secret.': 'Die Zugangsdaten haben kein Geheimnis.',
  },
});
