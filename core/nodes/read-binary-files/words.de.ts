import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'read-binary-files',
  title: 'Dateien lesen',
  summary: 'Macht aus jeder Ihrer Dateien, die zu einem Muster passt, ein Element.',
  fields: {
    'For example reports/**/*.csv.': 'Zum Beispiel berichte/**/*.csv.',
    'Put each file in field': 'Jede Datei ablegen in Feld',
  },
});
