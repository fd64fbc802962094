import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'function',
  title: 'Funktion',
  summary: 'Führt JavaScript einmal über alle Elemente aus (Vorfahr von Code, für alte Abläufe).',
});
