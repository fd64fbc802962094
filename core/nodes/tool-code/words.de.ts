import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'tool-code',
  title: 'Code (Werkzeug)',
  summary: 'Führt JavaScript auf einer Abfrage aus und gibt sein Ergebnis als `response`.',
  fields: {
    '`query` is what the tool is asked. Return the answer.':
      '`query` ist, wonach das Werkzeug gefragt wird. Geben Sie die Antwort zurück.',
    'Input has a schema': 'Die Eingabe hat ein Schema',
    'Example of the input': 'Beispiel der Eingabe',
    'Schema of the input': 'Schema der Eingabe',
  },
  failures: {
    'A code tool in "{}" cannot run here.': 'Ein Werkzeug in „{}“ läuft hier nicht.',
  },
});
