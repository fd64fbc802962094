import { condition, document, fields, step, type Template, wires } from '../template.ts';

export const template: Template = {
  title: { en: 'Approve expenses from a form', de: 'Ausgaben aus einem Formular genehmigen' },
  summary: {
    en: 'A form asks for an amount; small ones pass, larger ones wait for a person in the inbox.',
    de: 'Ein Formular fragt nach dem Betrag; kleine gehen durch, größere warten im Eingang auf einen Menschen.',
  },
  document: document(
    'Approve expenses',
    [
      step(
        ['Form', 'form-trigger', 2.5],
        {
          formTitle: 'Expense',
          formDescription: 'What did you pay?',
          formFields: {
            values: [
              { fieldLabel: 'Purpose', requiredField: true },
              { fieldLabel: 'Amount', fieldType: 'number', requiredField: true },
            ],
          },
          options: { path: 'expense' },
        },
        [0],
      ),
      step(['Small?', 'if', 2.3], condition('={{ $json.Amount }}', { type: 'number', operation: 'lt' }, 50), [1]),
      step(['Passed', 'set', 3.4], fields({ status: 'passed' }), [2, -1]),
      step(
        ['Ask', 'approval', 1],
        { title: '=Pay {{ $json.Amount }} for {{ $json.Purpose }}?', message: 'Above the limit of 50.' },
        [2, 1],
      ),
      step(['Approved', 'set', 3.4], fields({ status: 'approved' }), [3, 0]),
      step(['Declined', 'set', 3.4], fields({ status: 'declined' }), [3, 2]),
    ],
    wires(
      ['Form', 'Small?'],
      ['Small?:0', 'Passed'],
      ['Small?:1', 'Ask'],
      ['Ask:0', 'Approved'],
      ['Ask:1', 'Declined'],
    ),
    'Runs that wait are under Runs, Waiting for people. Their address can be mailed: {{ $execution.resumeUrl }}',
  ),
};
