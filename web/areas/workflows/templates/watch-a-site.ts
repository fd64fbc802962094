import { condition, document, fields, step, type Template, wires } from '../template.ts';

export const template: Template = {
  title: { en: 'Watch a site', de: 'Eine Website beobachten' },
  summary: {
    en: 'Every five minutes: asks a site, three times if need be, and says whether it is up.',
    de: 'Alle fünf Minuten: fragt eine Website, notfalls dreimal, und sagt, ob sie antwortet.',
  },
  document: document(
    'Watch a site',
    [
      step(
        ['Every five minutes', 'schedule', 1.3],
        { rule: { interval: [{ field: 'minutes', minutesInterval: 5 }] } },
        [0],
      ),
      step(
        ['Ask', 'http-request', 4.2],
        {
          method: 'GET',
          url: 'https://example.com/',
          options: { response: { response: { fullResponse: true, responseFormat: 'text' } }, timeout: 10_000 },
        },
        [1],
        { onError: 'error-output', retry: { maxTries: 3, waitMs: 1_000 } },
      ),
      step(
        ['Fine?', 'if', 2.3],
        condition('={{ $json.statusCode }}', { type: 'number', operation: 'lt' }, 400),
        [2, -1],
      ),
      step(['Up', 'set', 3.4], fields({ state: 'up' }), [3, -2]),
      step(['Down', 'set', 3.4], fields({ state: 'down', why: '={{ $json.error ?? $json.statusCode }}' }), [3, 1]),
    ],
    wires(['Every five minutes', 'Ask'], ['Ask:0', 'Fine?'], ['Ask:1', 'Down'], ['Fine?:0', 'Up'], ['Fine?:1', 'Down']),
    'Put the address of your site into Ask, and a mail or chat step after Down.',
  ),
};
