import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'fixed-items',
  title: 'Feste Elemente',
  summary: 'Gibt die Elemente, die er enthält: Beispieldaten oder Ersatz für einen Schritt, der hier nicht läuft.',
  fields: {
    'A list of objects, or of items with `json` and `binary`. Nothing in it is an expression.':
      'Eine Liste von Objekten oder von Elementen mit `json` und `binary`. Ausdrücke gelten darin nicht.',
  },
  failures: {
    'Write a list of objects, for example [{"id": 1}].': 'Schreiben Sie eine Liste von Objekten, etwa [{"id": 1}].',
  },
});
