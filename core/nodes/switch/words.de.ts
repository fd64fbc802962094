import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'switch',
  title: 'Verteiler',
  summary: 'Schickt jedes Element zum Ausgang der Regel, die passt, oder zu dem, den ein Ausdruck nennt.',
  fields: {
    When: 'Wenn',
    'Name this output': 'Diesen Ausgang benennen',
    'Output index': 'Nummer des Ausgangs',
    'Number of outputs': 'Zahl der Ausgänge',
    'Without a match': 'Ohne Treffer',
    '`none`, `extra`, or the index of an output.': '`none`, `extra` oder die Nummer eines Ausgangs.',
    'Send to all that match': 'An alle schicken, die passen',
  },
  options: { rules: 'Regeln', expression: 'Ausdruck' },
  failures: {
    'There is no output {}: use 0 to {} [item {}]': 'Den Ausgang {} gibt es nicht: nehmen Sie 0 bis {} [Element {}]',
  },
});
