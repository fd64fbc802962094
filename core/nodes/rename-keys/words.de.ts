import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'rename-keys',
  title: 'Felder umbenennen',
  summary: 'Benennt Felder um, nach Namen oder Muster.',
  fields: {
    To: 'In',
    Keys: 'Felder',
    Patterns: 'Muster',
    Pattern: 'Muster',
    'Replace by': 'Ersetzen durch',
  },
});
