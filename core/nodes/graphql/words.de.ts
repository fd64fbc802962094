import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'graphql',
  title: 'GraphQL',
  summary: 'Schickt je Element eine GraphQL-Abfrage oder -Änderung.',
  fields: {
    Endpoint: 'Adresse',
    'Sent as': 'Gesendet als',
    'Variables and an operation name need json.': 'Variablen und der Name eines Vorgangs brauchen JSON.',
    Variables: 'Variablen',
    'Answer as': 'Antwort als',
    'Field for a text answer': 'Feld für eine Antwort als Text',
  },
  options: {
    customAuth: 'Eigene Authentifizierung',
    digestAuth: 'Digest-Authentifizierung',
    queryAuth: 'Query-Authentifizierung',
  },
  failures: {
    "GraphQL cannot continue after '{}'.": 'GraphQL kann nach „{}“ nicht weitergehen.',
    'The variables are not a JSON object.': 'Die Variablen sind kein JSON-Objekt.',
    'Response body is not valid JSON. Change "Response Format" to "String".':
      'Die Antwort ist kein gültiges JSON. Stellen Sie „Antwort als“ auf „Text“.',
  },
});
