import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'write-binary-file',
  title: 'Datei schreiben',
  summary: 'Speichert eine Datei jedes Elements unter Ihren Dateien.',
});
