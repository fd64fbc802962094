import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'respond-to-chat',
  title: 'Chat beantworten',
  summary: 'Antwortet auf die Nachricht, die den Lauf begann, und geht weiter.',
  fields: {
    Then: 'Danach',
    'send: go on. sendAndWait: go on with the next message of the same session.':
      'Senden: weitergehen. Senden und warten: mit der nächsten Nachricht derselben Sitzung weitergehen.',
    '`{"values": {"limitType": "afterTimeInterval", "resumeAmount": 45, "resumeUnit": "minutes"}}`':
      '`{"values": {"limitType": "afterTimeInterval", "resumeAmount": 45, "resumeUnit": "minutes"}}`',
  },
  failures: {
    'A chat cannot ask for an approval with buttons.': 'Ein Chat kann nicht mit Schaltflächen um Zustimmung fragen.',
    'Let people answer with text, or use an Approval node.':
      'Lassen Sie mit Text antworten, oder nehmen Sie den Schritt Genehmigung.',
    'A message to a chat has at most {} characters.': 'Eine Nachricht an einen Chat hat höchstens {} Zeichen.',
    'Shorten it, or send it in several.': 'Kürzen Sie sie, oder senden Sie mehrere.',
  },
});
