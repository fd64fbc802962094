import { document, step, type Template, wires } from '../template.ts';

export const template: Template = {
  title: { en: 'Sum up orders', de: 'Bestellungen zusammenfassen' },
  summary: {
    en: 'Splits a list of orders, sums them by product and answers, largest first.',
    de: 'Zerlegt eine Liste von Bestellungen, summiert je Produkt und antwortet, Größtes zuerst.',
  },
  document: document(
    'Sum up orders',
    [
      step(
        ['Webhook', 'webhook', 2.1],
        { httpMethod: 'POST', path: 'orders', responseMode: 'lastNode', responseData: 'allEntries', options: {} },
        [0],
      ),
      step(['Each order', 'split-out', 1], { fieldToSplitOut: 'body.orders', options: {} }, [1]),
      step(
        ['Sum by product', 'summarize', 1.1],
        {
          fieldsToSummarize: { values: [{ aggregation: 'sum', field: 'amount' }] },
          fieldsToSplitBy: 'product',
          options: {},
        },
        [2],
      ),
      step(
        ['Largest first', 'sort', 1],
        { sortFieldsUi: { sortField: [{ fieldName: 'sum_amount', order: 'descending' }] }, options: {} },
        [3],
      ),
    ],
    wires(['Webhook', 'Each order'], ['Each order', 'Sum by product'], ['Sum by product', 'Largest first']),
    'Send {"orders": [{"product": "tea", "amount": 3}, …]}.',
  ),
};
