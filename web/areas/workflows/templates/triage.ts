import { document, fields, step, type Template, wires } from '../template.ts';

const rule = (rightValue: string) => ({
  conditions: {
    options: { caseSensitive: false, leftValue: '', typeValidation: 'loose', version: 2 },
    conditions: [
      { leftValue: '={{ $json.body.subject }}', rightValue, operator: { type: 'string', operation: 'contains' } },
    ],
    combinator: 'and',
  },
});

export const template: Template = {
  title: { en: 'Sort incoming messages', de: 'Eingehende Nachrichten sortieren' },
  summary: {
    en: 'Sends each message down the branch its subject names, the rest down another.',
    de: 'Schickt jede Nachricht in den Zweig, den ihr Betreff nennt, den Rest in einen anderen.',
  },
  document: document(
    'Sort incoming messages',
    [
      step(
        ['Webhook', 'webhook', 2.1],
        { httpMethod: 'POST', path: 'messages', responseMode: 'lastNode', options: {} },
        [0],
      ),
      step(
        ['By subject', 'switch', 3.4],
        {
          rules: { values: [rule('invoice'), rule('complaint')] },
          options: { fallbackOutput: 'extra', ignoreCase: true },
        },
        [1],
      ),
      step(['Accounting', 'set', 3.4], fields({ team: 'accounting', urgent: false }), [2, -1]),
      step(['Support', 'set', 3.4], fields({ team: 'support', urgent: true }), [2, 0]),
      step(['Everybody else', 'set', 3.4], fields({ team: 'office', urgent: false }), [2, 1]),
    ],
    wires(
      ['Webhook', 'By subject'],
      ['By subject:0', 'Accounting'],
      ['By subject:1', 'Support'],
      ['By subject:2', 'Everybody else'],
    ),
    'Send {"subject": "Invoice 12"}. Rules are in By subject; the first that fits wins.',
  ),
};
