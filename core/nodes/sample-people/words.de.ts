import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'sample-people',
  title: 'Beispielmenschen',
  summary: 'Gibt fünf erfundene Kunden, zum Lernen und Ausprobieren.',
  fields: { 'All of them': 'Alle' },
  options: { getAllPeople: 'Alle Menschen', getOnePerson: 'Ein Mensch' },
  failures: {
    'Sample People has no operation "{}".': 'Beispielmenschen hat keinen Vorgang „{}“.',
  },
});
