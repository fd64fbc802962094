import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'html-extract',
  title: 'HTML lesen (alt)',
  summary: 'Liest Werte aus HTML. Neue Abläufe nehmen HTML.',
});
