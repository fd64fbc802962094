import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'sort',
  title: 'Ordnen',
  summary: 'Ordnet die Elemente nach Feldern, zufällig oder mit Code.',
  fields: {
    Order: 'Reihenfolge',
    Code: 'Code',
    'Compares items `a` and `b`: returns less than 0, 0, or more.':
      'Vergleicht die Elemente `a` und `b`: gibt weniger als 0, 0 oder mehr zurück.',
  },
  options: { simple: 'Nach Feldern', random: 'Zufällig', ascending: 'Aufsteigend', descending: 'Absteigend' },
  failures: {
    'Sort has no type "{}".': 'Ordnen hat keine Art „{}“.',
    'Name at least one field to sort by.': 'Nennen Sie mindestens ein Feld, nach dem geordnet wird.',
    "No item has the field '{}' to sort by.": 'Kein Element hat das Feld „{}“, nach dem geordnet wird.',
  },
});
