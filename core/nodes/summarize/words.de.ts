import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'summarize',
  title: 'Auszählen',
  summary: 'Zählt, summiert und sammelt Werte, für alle Elemente oder je Gruppe.',
  fields: {
    Measures: 'Kennzahlen',
    Measure: 'Kennzahl',
    'Count empty values too': 'Auch leere Werte zählen',
    'Separate by': 'Trennen durch',
    Separator: 'Trennzeichen',
    'Group by': 'Gruppieren nach',
    'Leave out items without a group': 'Elemente ohne Gruppe weglassen',
    'Go on when no item has a field': 'Weitergehen, wenn kein Element ein Feld hat',
  },
  options: {
    append: 'Sammeln',
    average: 'Durchschnitt',
    concatenate: 'Verketten',
    count: 'Anzahl',
    countUnique: 'Anzahl verschiedener',
    max: 'Größter Wert',
    min: 'Kleinster Wert',
    sum: 'Summe',
    ',': 'Komma',
    ' ': 'Leerzeichen',
    '\n': 'Zeilenumbruch',
    separateItems: 'Getrennte Elemente',
    singleItem: 'Ein Element',
  },
  failures: {
    'Summarize cannot "{}".': 'Auszählen kann „{}“ nicht.',
    'Name at least one field to summarize.': 'Nennen Sie mindestens ein Feld, das ausgezählt wird.',
    'Name the field to summarize.': 'Nennen Sie das Feld, das ausgezählt wird.',
  },
});
