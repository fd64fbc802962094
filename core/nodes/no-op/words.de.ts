import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'no-op',
  title: 'Nichts tun',
  summary: 'Gibt seine Elemente unverändert weiter.',
});
