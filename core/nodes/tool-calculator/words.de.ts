import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'tool-calculator',
  title: 'Rechner (Werkzeug)',
  summary: 'Gibt den Wert eines Rechenausdrucks als `response`.',
  failures: {
    'The expression is too long.': 'Der Ausdruck ist zu lang.',
    'The expression cannot be read at "{}".': 'Der Ausdruck ist bei „{}“ nicht zu lesen.',
    'Numbers, + - * / % ^ ( ), pi, e and functions like sqrt(2) or round(x, 2).':
      'Zahlen, + - * / % ^ ( ), pi, e und Funktionen wie sqrt(2) oder round(x, 2).',
    'The expression is nested too deeply.': 'Der Ausdruck ist zu tief verschachtelt.',
    'The expression has no value.': 'Der Ausdruck hat keinen Wert.',
    'Only whole numbers have a factorial.': 'Nur ganze Zahlen haben eine Fakultät.',
  },
});
