import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'item-lists',
  title: 'Listen',
  summary: 'Der ältere Schritt, der Elemente teilte, sammelte, begrenzte, ordnete und zusammenfasste.',
  options: {
    splitOutItems: 'Aufteilen',
    aggregateItems: 'Zusammenfassen',
    concatenateItems: 'Verketten',
    limit: 'Begrenzen',
    removeDuplicates: 'Doppelte entfernen',
    sort: 'Ordnen',
    summarize: 'Auszählen',
  },
  failures: {
    'Item lists has no operation "{}".': 'Listen hat keinen Vorgang „{}“.',
  },
});
