import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'filter',
  title: 'Filter',
  summary: 'Behält die Elemente, deren Bedingungen gelten.',
});
