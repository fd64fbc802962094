import { document, fields, step, type Template, wires } from '../template.ts';

export const template: Template = {
  title: { en: 'Pass on only what is new', de: 'Nur Neues weitergeben' },
  summary: {
    en: 'Remembers ids over all runs, and lets an entry through once.',
    de: 'Merkt sich Kennungen über alle Läufe und lässt einen Eintrag nur einmal durch.',
  },
  document: document(
    'Only what is new',
    [
      step(
        ['Webhook', 'webhook', 2.1],
        { httpMethod: 'POST', path: 'entries', responseMode: 'lastNode', responseData: 'allEntries', options: {} },
        [0],
      ),
      step(['Each entry', 'split-out', 1], { fieldToSplitOut: 'body.entries', options: {} }, [1]),
      step(
        ['Not seen before', 'remove-duplicates', 2],
        {
          operation: 'removeItemsSeenInPreviousExecutions',
          logic: 'removeItemsWithAlreadySeenKeyValues',
          dedupeValue: '={{ $json.id }}',
          options: {},
        },
        [2],
      ),
      step(['Mark', 'set', 3.4], fields({ isNew: true }), [3]),
    ],
    wires(['Webhook', 'Each entry'], ['Each entry', 'Not seen before'], ['Not seen before', 'Mark']),
    'Send {"entries": [{"id": 1}, {"id": 2}]} twice: the second time nothing is new.',
  ),
};
