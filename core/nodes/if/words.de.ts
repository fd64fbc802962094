import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'if',
  title: 'Wenn',
  summary: 'Schickt jedes Element zum ersten Ausgang, wenn seine Bedingungen gelten, sonst zum zweiten.',
});
