import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'compare-datasets',
  title: 'Datensätze vergleichen',
  summary: 'Vergleicht zwei Eingänge: nur in A, gleich, verschieden, nur in B.',
  fields: {
    'Pairs of field names, `field1` of input A and `field2` of input B, by which items belong together.':
      'Paare von Feldnamen, `field1` von Eingang A und `field2` von Eingang B, nach denen Elemente zusammengehören.',
    'Field of A': 'Feld von A',
    'Field of B': 'Feld von B',
    'When there are differences': 'Bei Unterschieden',
    'What the output "different" holds: the item of A, of B, one with exceptions, or what differs.':
      'Was der Ausgang „Verschieden“ enthält: das Element von A, das von B, eines mit Ausnahmen, oder was sich unterscheidet.',
    'Forgive types': 'Typen nachsichtig vergleichen',
    '3 is "3", [] is null.': '3 ist "3", [] ist null.',
    Prefer: 'Bevorzugen',
    'For everything except': 'Für alles außer',
    'Names, comma-separated.': 'Namen, durch Kommas getrennt.',
    'Fields to skip comparing': 'Felder, die nicht verglichen werden',
    'Several matches': 'Mehrere Treffer',
    'Compare an item of A with the first matching item of B only, or with each.':
      'Ein Element von A nur mit dem ersten passenden von B vergleichen oder mit jedem.',
  },
  options: {
    preferInput1: 'Das von A',
    preferInput2: 'Das von B',
    mix: 'Gemischt',
    includeBoth: 'Beide',
    input1: 'Eingang A',
    input2: 'Eingang B',
    first: 'Nur der erste',
  },
  failures: {
    'Name at least one field of each input to match the items by.':
      'Nennen Sie je Eingang mindestens ein Feld, nach dem Elemente zusammengehören.',
    'Fill in both names of every pair under "Fields to match".':
      'Füllen Sie bei jedem Paar unter „Felder, die übereinstimmen“ beide Namen aus.',
    'Compare Datasets cannot resolve differences by {}.': 'Unterschiede lassen sich nicht durch {} auflösen.',
  },
});
