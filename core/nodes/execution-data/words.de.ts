import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'execution-data',
  title: 'Daten zum Lauf',
  summary: 'Merkt zum Lauf, woran man ihn später findet, etwa eine Bestellnummer.',
  fields: {
    Facts: 'Angaben',
    'Pairs of key and value: at most 10 of them, keys up to 50 and values up to 512 characters.':
      'Paare von Schlüssel und Wert: höchstens 10, Schlüssel bis 50 und Werte bis 512 Zeichen.',
    Key: 'Schlüssel',
  },
});
