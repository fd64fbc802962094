import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'merge',
  title: 'Zusammenführen',
  summary: 'Verbindet die Elemente mehrerer Zweige.',
  fields: {
    'Number of inputs': 'Zahl der Eingänge',
    'Combine by': 'Verbinden nach',
    'SQL that reads the tables input1, input2 … and changes nothing.':
      'SQL, das die Tabellen input1, input2 … liest und nichts ändert.',
    'When the query finds nothing': 'Wenn die Abfrage nichts findet',
    Options: 'Optionen',
  },
  options: {
    append: 'Aneinanderhängen',
    combine: 'Verbinden',
    combineBySql: 'SQL-Abfrage',
    chooseBranch: 'Zweig wählen',
    combineByFields: 'Übereinstimmenden Feldern',
    combineByPosition: 'Reihenfolge',
    combineAll: 'Allen Kombinationen',
    keepMatches: 'Nur Treffer',
    keepNonMatches: 'Nur, was nicht passt',
    keepEverything: 'Alles',
    enrichInput1: 'Eingang 1, ergänzt',
    enrichInput2: 'Eingang 2, ergänzt',
    success: 'Ein leeres Element',
    empty: 'Keine Elemente',
  },
  failures: {
    'Merge has no output type "{}".': 'Zusammenführen hat keine Ausgabe „{}“.',
    'Name at least one field to match the items by.':
      'Nennen Sie mindestens ein Feld, nach dem Elemente zusammengehören.',
    '{} × {} items make too many combinations.': '{} × {} Elemente ergeben zu viele Kombinationen.',
    'At most {} can be made. Combine by fields, or filter first.':
      'Höchstens {} gehen. Verbinden Sie nach Feldern, oder filtern Sie vorher.',
    'Merge has no mode "{}".': 'Zusammenführen hat keine Art „{}“.',
    'Merge cannot combine by "{}".': 'Zusammenführen kann nicht nach „{}“ verbinden.',
  },
});
