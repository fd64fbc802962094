import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'read-pdf',
  title: 'PDF lesen',
  summary: 'Liest den Text einer PDF-Datei.',
  fields: { 'The file is encrypted': 'Die Datei ist verschlüsselt' },
});
