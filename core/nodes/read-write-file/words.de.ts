import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'read-write-file',
  title: 'Dateien lesen und schreiben',
  summary: 'Liest und schreibt Ihre Dateien nach Pfad.',
  fields: {
    'Files to read': 'Dateien, die gelesen werden',
    'A path, or a pattern: `*` and `?` within a folder, `**` through folders, `[abc]`, `{a,b}`.':
      'Ein Pfad oder ein Muster: `*` und `?` in einem Ordner, `**` durch Ordner, `[abc]`, `{a,b}`.',
    'File to write': 'Datei, die geschrieben wird',
    'A path among the tenant’s files. Absolute paths and drives of n8n files mean the same folder.':
      'Ein Pfad unter den Dateien der Organisation. Absolute Pfade und Laufwerke aus n8n-Dateien meinen denselben Ordner.',
    'Writing.': 'Beim Schreiben.',
    'File extension': 'Dateiendung',
    'Reading.': 'Beim Lesen.',
  },
  options: { write: 'Schreiben' },
  failures: {
    'Read/write files cannot "{}".': 'Dateien lesen und schreiben kann „{}“ nicht.',
    'Say which file.': 'Sagen Sie, welche Datei.',
  },
});
