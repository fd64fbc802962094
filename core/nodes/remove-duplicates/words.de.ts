import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'remove-duplicates',
  title: 'Doppelte entfernen',
  summary: 'Behält von gleichen Elementen das erste.',
  fields: {
    'Compare the items with each other, with those of earlier runs, or forget what was seen.':
      'Die Elemente miteinander vergleichen, mit denen früherer Läufe, oder vergessen, was gesehen wurde.',
    'Keep items where': 'Elemente behalten, bei denen',
    'The value is new, higher than any before, or a later date than any before.':
      'Der Wert neu ist, höher als jeder zuvor, oder ein späteres Datum als jedes zuvor.',
    Number: 'Zahl',
    'Remember for': 'Merken für',
    'Values to remember': 'Werte, die gemerkt werden',
    'At most 15,000; the ones seen last.': 'Höchstens 15.000; die zuletzt gesehenen.',
    Compare: 'Vergleichen',
    'Fields to compare': 'Felder, die verglichen werden',
    'Fields to leave out': 'Felder, die wegbleiben',
    'Remove the other fields': 'Andere Felder entfernen',
  },
  options: {
    removeDuplicateInputItems: 'Doppelte am Eingang entfernen',
    removeItemsSeenInPreviousExecutions: 'In früheren Läufen Gesehene entfernen',
    clearDeduplicationHistory: 'Gesehenes vergessen',
    removeItemsWithAlreadySeenKeyValues: 'Der Wert neu ist',
    removeItemsUpToStoredIncrementalKey: 'Der Wert höher ist als zuvor',
    removeItemsUpToStoredDate: 'Das Datum später ist als zuvor',
    node: 'Diesen Schritt',
    workflow: 'Den ganzen Ablauf',
    selectedFields: 'Ausgewählte Felder',
  },
  failures: {
    'Remove duplicates cannot keep items by "{}".': 'Doppelte entfernen kann Elemente nicht nach „{}“ behalten.',
    'Give each item one, or filter those without it out before.':
      'Geben Sie jedem Element eines, oder filtern Sie die ohne vorher heraus.',
    "'{}' is not a number of values to remember.": '„{}“ ist keine Zahl von Werten, die gemerkt werden.',
    "'{}' is not a number to compare by.": '„{}“ ist keine Zahl zum Vergleichen.',
    "'{}' is not a date to compare by.": '„{}“ ist kein Datum zum Vergleichen.',
    'Give it in ISO form, such as 2026-03-31T12:00:00Z.': 'Geben Sie es in ISO-Form, etwa 2026-03-31T12:00:00Z.',
    'Remove duplicates has no operation "{}".': 'Doppelte entfernen hat keinen Vorgang „{}“.',
    'Name the fields to compare by.': 'Nennen Sie die Felder, nach denen verglichen wird.',
    "The item has no field '{}' to compare [item {}]": 'Das Element hat kein Feld „{}“ zum Vergleichen [Element {}]',
  },
});
