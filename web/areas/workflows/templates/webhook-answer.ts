import { document, fields, step, type Template, wires } from '../template.ts';

export const template: Template = {
  title: { en: 'Answer a webhook', de: 'Einen Webhook beantworten' },
  summary: {
    en: 'Takes a POST, builds an answer from its fields and sends it back.',
    de: 'Nimmt einen POST an, baut aus seinen Feldern eine Antwort und schickt sie zurück.',
  },
  document: document(
    'Answer a webhook',
    [
      step(
        ['Webhook', 'webhook', 2.1],
        { httpMethod: 'POST', path: 'hello', responseMode: 'responseNode', options: {} },
        [0],
      ),
      step(['Greeting', 'set', 3.4], fields({ greeting: "=Hello {{ $json.body.name ?? 'you' }}" }), [1]),
      step(
        ['Respond', 'respond', 1.5],
        { respondWith: 'json', responseBody: '={{ { greeting: $json.greeting } }}', options: {} },
        [2],
      ),
    ],
    wires(['Webhook', 'Greeting'], ['Greeting', 'Respond']),
    'Publish it, then: curl -d \'{"name":"Ada"}\' -H "content-type: application/json" the address of the webhook.',
  ),
};
