import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'respond',
  title: 'Webhook beantworten',
  summary: 'Antwortet auf die Anfrage, die den Lauf begann, und geht weiter.',
  fields: {
    'Respond with': 'Antworten mit',
    Body: 'Inhalt',
    'Redirect to': 'Weiterleiten zu',
    'Claims of the token': 'Angaben im Token',
    'Signed with the credential; sent as `{"token": …}`.':
      'Mit den Zugangsdaten unterschrieben; gesendet als `{"token": …}`.',
    'Which file': 'Welche Datei',
    'Name of the file': 'Name der Datei',
    'Put the data under': 'Daten ablegen unter',
    Stream: 'Fortlaufend',
    'For answers of nodes that stream; here the answer is sent whole.':
      'Für Antworten von Schritten, die fortlaufend antworten; hier wird die Antwort als Ganzes gesendet.',
    'Second output with the answer': 'Zweiter Ausgang mit der Antwort',
  },
  options: {
    firstIncomingItem: 'Erstes Element',
    allIncomingItems: 'Alle Elemente',
    automatically: 'Selbst erkennen',
    set: 'Genannt',
  },
  failures: {
    'There is no file to respond with.': 'Es gibt keine Datei, mit der geantwortet wird.',
    "There is no file '{}'.": 'Die Datei „{}“ gibt es nicht.',
    "'{}' is not an HTTP status: use 100 to 599.": '„{}“ ist kein HTTP-Status: nehmen Sie 100 bis 599.',
    'A webhook cannot be answered with "{}".': 'Ein Webhook lässt sich nicht mit „{}“ beantworten.',
    'Choose one of the ways the node lists.': 'Wählen Sie eine der Arten, die der Schritt aufzählt.',
    "The 'Response Body' is not valid JSON.": 'Der Inhalt der Antwort ist kein gültiges JSON.',
    'It is: {}. Text inside it needs quotes; wrap values in JSON.stringify to be safe.':
      'Er ist: {}. Text darin braucht Anführungszeichen; setzen Sie Werte sicherheitshalber in JSON.stringify.',
    'The payload of the token is not a JSON object.': 'Die Angaben des Tokens sind kein JSON-Objekt.',
    'Give one such as {"sub": "ada"}.': 'Geben Sie eines wie {"sub": "ada"}.',
    'The token could not be signed: {}': 'Das Token ließ sich nicht unterschreiben: {}',
  },
});
