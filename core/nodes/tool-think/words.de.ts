import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'tool-think',
  title: 'Nachdenken (Werkzeug)',
  summary: 'Gibt zurück, was man ihm sagt: Platz zum Denken für einen Agenten.',
});
