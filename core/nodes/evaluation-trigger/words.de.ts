import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'evaluation-trigger',
  title: 'Auswertungs-Auslöser',
  summary: 'Startet mit den Zeilen von Testdaten, die der Aufrufer gibt.',
});
