import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'loop',
  title: 'Schleife',
  summary: 'Gibt ihre Elemente portionsweise aus, je Rückkehr eine Portion, dann alles, was zurückkam.',
  fields: { 'Batch size': 'Größe einer Portion', 'Start over': 'Von vorn beginnen' },
});
