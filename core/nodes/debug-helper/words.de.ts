import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'debug-helper',
  title: 'Fehlersuche',
  summary: 'Scheitert mit Absicht oder erfindet Daten, um einen Ablauf zu erproben.',
  fields: {
    'What to do': 'Was geschieht',
    'Running out of memory is refused: it would end the runs of others too.':
      'Den Speicher zu erschöpfen wird abgelehnt: es beendete auch Läufe anderer.',
    'Kind of error': 'Art des Fehlers',
    Alphabet: 'Alphabet',
    'Number of items': 'Zahl der Elemente',
    Seed: 'Startwert',
    'The same seed gives the same data.': 'Derselbe Startwert ergibt dieselben Daten.',
    'As one list': 'Als eine Liste',
  },
  options: {
    doNothing: 'Nichts',
    throwError: 'Fehler auslösen',
    oom: 'Speicher erschöpfen',
    randomData: 'Zufällige Daten',
    address: 'Anschrift',
    latLong: 'Koordinaten',
    creditCard: 'Kreditkarte',
    macAddress: 'MAC-Adresse',
    user: 'Person',
  },
  failures: {
    'At most {} items can be made up at once.': 'Höchstens {} Elemente lassen sich auf einmal erfinden.',
    'Debug Helper cannot "{}" here.': 'Fehlersuche kann „{}“ hier nicht.',
    'Choose to throw an error, to make up data, or to do nothing.':
      'Lassen Sie einen Fehler auslösen, Daten erfinden oder nichts geschehen.',
    'An id needs an alphabet and a length from 1 to {}.': 'Eine Id braucht ein Alphabet und eine Länge von 1 bis {}.',
    'Debug Helper makes no data of the kind "{}".': 'Fehlersuche erfindet keine Daten der Art „{}“.',
  },
});
