import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'email-read-imap',
  title: 'E-Mail-Auslöser (IMAP)',
  summary: 'Startet, wenn in einem Postfach neue Post ankommt.',
  fields: {
    Mailbox: 'Postfach',
    'Mark mails as read once they are safely in a run, or leave them.':
      'E-Mails als gelesen kennzeichnen, sobald sie sicher in einem Lauf sind, oder lassen, wie sie sind.',
    'Texts and addresses; everything with attachments; or the whole mail as base64url in `raw`.':
      'Texte und Adressen; alles mit Anhängen; oder die ganze E-Mail als base64url in `raw`.',
    'Download attachments': 'Anhänge herunterladen',
    'Attachment prefix': 'Anfang der Namen von Anhängen',
    'Custom email rules': 'Eigene Regeln',
    'Search rules, e.g. ["UNSEEN", ["FROM", "ada@example.com"]].':
      'Suchregeln, etwa ["UNSEEN", ["FROM", "ada@example.com"]].',
    'Only mails after the last one': 'Nur E-Mails nach der letzten',
    'Turned off, only the rules decide; mails must then be marked as read.':
      'Ausgeschaltet entscheiden nur die Regeln; dann müssen E-Mails als gelesen gekennzeichnet werden.',
  },
  options: { read: 'Als gelesen kennzeichnen', nothing: 'Nichts', resolved: 'Vollständig' },
  failures: {
    'For example ["UNSEEN", ["SINCE", "May 20, 2026"], ["!FROM", "bot@example.com"]].':
      'Zum Beispiel ["UNSEEN", ["SINCE", "May 20, 2026"], ["!FROM", "bot@example.com"]].',
    "There is no format '{}'; there are simple, resolved and raw.":
      'Das Format „{}“ gibt es nicht; es gibt simple, resolved und raw.',
  },
});
