import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'webhook',
  title: 'Webhook',
  summary: 'Startet, wenn seine Adresse aufgerufen wird.',
  fields: {
    'Last part of the address, by default an id. A segment such as `:id` becomes a parameter.':
      'Letzter Teil der Adresse, ohne Angabe eine Id. Ein Abschnitt wie `:id` wird ein Parameter.',
    'Several methods': 'Mehrere Methoden',
    'At once, with what the last node gave, or with what a Respond node says. "streaming" answers when the answer is complete.':
      'Sofort, mit dem, was der letzte Schritt ergab, oder mit dem, was ein Antwort-Schritt sagt. „Fortlaufend“ antwortet, wenn die Antwort vollständig ist.',
    'Answer with': 'Antworten mit',
    'What of the last node’s items is sent, for "lastNode".':
      'Was von den Elementen des letzten Schritts gesendet wird, wenn er antwortet.',
    'File to answer with': 'Datei als Antwort',
    '`{"values": {"responseCode": 201}}`': '`{"values": {"responseCode": 201}}`',
    'Text to answer with at once': 'Text der sofortigen Antwort',
    'Answer with this field only': 'Nur mit diesem Feld antworten',
    'Content type of the answer': 'Medientyp der Antwort',
    'Answer without a body': 'Ohne Inhalt antworten',
    'Keep the raw body': 'Rohen Inhalt behalten',
    'The body as it came, as a file; signatures are computed over these bytes.':
      'Der Inhalt, wie er kam, als Datei; Signaturen gelten diesen Bytes.',
    'Name of received files': 'Name empfangener Dateien',
    'Files of a form get a number behind it, from 0.': 'Dateien eines Formulars bekommen dahinter eine Nummer, ab 0.',
    'Pages that may call and read the answer: origins, separated by commas.':
      'Seiten, die aufrufen und die Antwort lesen dürfen: Adressen, durch Kommas getrennt.',
    'Allowed addresses': 'Erlaubte Adressen',
    'IP addresses or ranges such as 10.0.0.0/8, separated by commas; others get 403.':
      'IP-Adressen oder Bereiche wie 10.0.0.0/8, durch Kommas getrennt; andere bekommen 403.',
    'Link previews and crawlers get 403 and start nothing.':
      'Linkvorschauen und Suchmaschinen bekommen 403 und starten nichts.',
  },
  options: {
    allEntries: 'Alle Elemente',
    firstEntryJson: 'JSON des ersten Elements',
    firstEntryBinary: 'Datei des ersten Elements',
  },
});
