import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'i-calendar',
  title: 'iCalendar',
  summary: 'Macht eine Kalenderdatei mit einem Termin.',
});
