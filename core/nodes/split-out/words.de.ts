import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'split-out',
  title: 'Aufteilen',
  summary: 'Macht aus jedem Eintrag einer Liste ein Element.',
  fields: {
    'Other fields': 'Andere Felder',
    'Fields to include': 'Felder, die dazukommen',
    'Put elements under': 'Einträge ablegen unter',
    'Keep files': 'Dateien behalten',
  },
  options: { noOtherFields: 'Keine', selectedOtherFields: 'Ausgewählte', allOtherFields: 'Alle' },
  failures: {
    'Name the field to split out.': 'Nennen Sie das Feld, das aufgeteilt wird.',
    "The item has no field '{}' to split out [item {}]": 'Das Element hat kein Feld „{}“ zum Aufteilen [Element {}]',
    "The field '{}' is not a list [item {}]": 'Das Feld „{}“ ist keine Liste [Element {}]',
  },
});
