import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'move-binary-data',
  title: 'Dateidaten bewegen',
  summary: 'Bringt Daten aus Dateien in Elemente oder umgekehrt.',
  fields: {
    'Replace the whole item': 'Ganzes Element ersetzen',
    'Binary to JSON: the file’s JSON becomes the item; otherwise it goes into one field.':
      'Datei zu JSON: das JSON der Datei wird das Element; sonst kommt es in ein Feld.',
    'Store the whole item': 'Ganzes Element ablegen',
    'JSON to binary; otherwise one field.': 'JSON zu Datei; sonst ein Feld.',
    'From field': 'Von Feld',
    'To field': 'In Feld',
    'Keep the source': 'Ursprung behalten',
    'Read as JSON': 'Als JSON lesen',
    'Keep as base64': 'Als Base64 lassen',
    'Store text as it is': 'Text ablegen, wie er ist',
  },
  options: { binaryToJson: 'Datei zu JSON', jsonToBinary: 'JSON zu Datei' },
  failures: {
    'The file holds JSON that is no object.': 'Die Datei enthält JSON, das kein Objekt ist.',
    'Turn off "Replace the whole item" to put it into a field.':
      'Schalten Sie „Ganzes Element ersetzen“ aus, um es in ein Feld zu legen.',
    'Move binary data cannot "{}".': 'Dateidaten bewegen kann „{}“ nicht.',
  },
});
