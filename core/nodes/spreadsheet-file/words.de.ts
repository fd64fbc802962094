import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'spreadsheet-file',
  title: 'Tabellendatei',
  summary: 'Liest Zeilen aus einer Tabellendatei oder schreibt Elemente hinein.',
  fields: {
    'Reading finds out by itself when left out; writing makes XLS then.':
      'Ohne Angabe findet das Lesen es selbst heraus; Schreiben macht dann XLS.',
    'Name of the field that holds the file, or will.': 'Name des Feldes, in dem die Datei steht oder stehen wird.',
  },
  options: { fromFile: 'Aus Datei lesen', toFile: 'In Datei schreiben' },
  failures: {
    'Spreadsheet file cannot "{}".': 'Tabellendatei kann „{}“ nicht.',
  },
});
