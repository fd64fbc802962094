import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'aggregate',
  title: 'Zusammenfassen',
  summary: 'Macht aus allen Elementen eines, mit Listen ihrer Werte.',
  fields: {
    Aggregate: 'Zusammenfassen',
    'Rename it': 'Umbenennen',
    'Put items under': 'Elemente ablegen unter',
    Include: 'Enthalten sind',
    'Merge lists': 'Listen verbinden',
    'Keep missing values': 'Fehlende Werte behalten',
  },
  options: {
    aggregateIndividualFields: 'Einzelne Felder',
    aggregateAllItemData: 'Ganze Elemente',
    specifiedFields: 'Genannte Felder',
  },
  failures: {
    'Name the field to aggregate.': 'Nennen Sie das Feld, das zusammengefasst wird.',
    'Name the fields to leave out.': 'Nennen Sie die Felder, die wegbleiben.',
    'Name the fields to include.': 'Nennen Sie die Felder, die dabei sind.',
  },
});
