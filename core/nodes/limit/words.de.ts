import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'limit',
  title: 'Begrenzen',
  summary: 'Behält nur die ersten oder letzten Elemente.',
  fields: { Keep: 'Behalten' },
  options: { firstItems: 'Die ersten Elemente', lastItems: 'Die letzten Elemente' },
});
