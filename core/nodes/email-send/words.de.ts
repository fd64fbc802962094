import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'email-send',
  title: 'E-Mail senden',
  summary: 'Schickt je Element eine E-Mail über einen SMTP-Server.',
  fields: {
    'An address, with a name if you like: Ada <ada@example.com>.':
      'Eine Adresse, auf Wunsch mit Namen: Ada <ada@example.com>.',
    'Addresses separated by commas.': 'Adressen, durch Kommas getrennt.',
    'Version 2 has text as its default; version 1 sends what is filled in.':
      'Version 2 nimmt ohne Angabe Text; Version 1 sendet, was ausgefüllt ist.',
    'CC (version 1)': 'CC (Version 1)',
    'BCC (version 1)': 'BCC (Version 1)',
    'Attachments (version 1)': 'Anhänge (Version 1)',
    Attachments: 'Anhänge',
    'Names of binary fields, separated by commas.': 'Namen von Dateifeldern, durch Kommas getrennt.',
    CC: 'CC',
    BCC: 'BCC',
    'Reply to': 'Antwort an',
    'Append attribution': 'Absendehinweis anfügen',
    'Adds a line that says what sent the mail. Off unless turned on; n8n has it on.':
      'Fügt eine Zeile an, die sagt, was die E-Mail geschickt hat. Aus, wenn nicht eingeschaltet; in n8n ist es an.',
  },
  failures: {
    "The operation '{}' is not available yet.": 'Den Vorgang „{}“ gibt es noch nicht.',
    'Send the mail, put $execution.resumeUrl into it, and put a Wait node after it.':
      'Senden Sie die E-Mail mit $execution.resumeUrl darin, und setzen Sie einen Schritt Warten dahinter.',
  },
});
