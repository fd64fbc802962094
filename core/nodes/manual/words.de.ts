import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'manual',
  title: 'Von Hand',
  summary: 'Startet den Ablauf, wenn jemand auf Ausführen drückt.',
});
