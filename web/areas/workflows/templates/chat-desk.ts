import { condition, document, fields, step, type Template, wires } from '../template.ts';

export const template: Template = {
  title: { en: 'A chat that answers', de: 'Ein Chat, der antwortet' },
  summary: {
    en: 'A chat page: questions about opening hours are answered, others are taken down.',
    de: 'Eine Chat-Seite: Fragen nach Öffnungszeiten werden beantwortet, andere notiert.',
  },
  document: document(
    'Chat desk',
    [
      step(
        ['Chat', 'chat-trigger', 1.4],
        { public: true, initialMessages: 'Hello. What would you like to know?', options: { title: 'Desk' } },
        [0],
        {
          webhookId: 'chat-desk',
        },
      ),
      step(
        ['Hours?', 'if', 2.3],
        condition('={{ $json.chatInput.toLowerCase() }}', { type: 'string', operation: 'contains' }, 'open'),
        [1],
      ),
      step(['Say hours', 'set', 3.4], fields({ output: 'We are open Monday to Friday, nine to five.' }), [2, -1]),
      step(
        ['Take down', 'set', 3.4],
        fields({ output: '=Thank you. Somebody will answer “{{ $json.chatInput }}”.' }),
        [2, 1],
      ),
    ],
    wires(['Chat', 'Hours?'], ['Hours?:0', 'Say hours'], ['Hours?:1', 'Take down']),
    'Publish it and open the chat. An AI step fits between Chat and its answers.',
  ),
};
