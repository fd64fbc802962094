import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'read-binary-file',
  title: 'Datei lesen',
  summary: 'Legt jedem Element eine Ihrer Dateien bei.',
});
