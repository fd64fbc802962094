import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'error-trigger',
  title: 'Fehler-Auslöser',
  summary: 'Startet, wenn ein Ablauf scheitert, der diesen als Fehlerablauf nennt.',
});
