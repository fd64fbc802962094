import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'function-item',
  title: 'Funktion je Element',
  summary: 'Führt JavaScript je Element aus (Vorfahr von Code, für alte Abläufe).',
});
