import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'stop-and-error',
  title: 'Mit Fehler enden',
  summary: 'Lässt den Lauf mit einer eigenen Meldung scheitern.',
  fields: { 'Error as': 'Fehler als', 'Error object': 'Fehlerobjekt' },
  options: { errorMessage: 'Meldung', errorObject: 'Objekt' },
  failures: {
    'The workflow was stopped.': 'Der Ablauf wurde beendet.',
  },
});
