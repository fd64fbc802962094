import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'tool-workflow',
  title: 'Ablauf (Werkzeug)',
  summary: 'Führt je Element einen Ablauf aus und gibt seine Antwort als `response`.',
  fields: {
    'Fields the workflow gets.': 'Felder, die der Ablauf bekommt.',
    'Field with the answer': 'Feld mit der Antwort',
    'Before version 2 only: later the answer is all the workflow gave.':
      'Nur vor Version 2: später ist die Antwort alles, was der Ablauf ergab.',
    'Before version 2 only.': 'Nur vor Version 2.',
  },
  failures: {
    "A tool cannot continue after '{}'.": 'Ein Werkzeug kann nach „{}“ nicht weitergehen.',
    'The workflow gave no field "{}".': 'Der Ablauf ergab kein Feld „{}“.',
    'Its last node must set it.': 'Sein letzter Schritt muss es setzen.',
  },
});
