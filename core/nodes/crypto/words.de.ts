import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'crypto',
  title: 'Kryptografie',
  summary: 'Bildet Prüfsummen, unterschreibt und macht zufällige Texte.',
  fields: {
    'Of a file': 'Aus einer Datei',
    'Name of the file.': 'Name der Datei.',
    Secret: 'Geheimnis',
    'Version 1 only: from version 2 it is in a credential of type crypto.':
      'Nur Version 1: ab Version 2 steht es in Zugangsdaten der Art crypto.',
    'Written as': 'Geschrieben als',
    Signature: 'Signaturverfahren',
    'Example: RSA-SHA256.': 'Beispiel: RSA-SHA256.',
    'Private key': 'Privater Schlüssel',
    'PEM. Version 1 only: from version 2 it is in a credential of type crypto.':
      'PEM. Nur Version 1: ab Version 2 steht er in Zugangsdaten der Art crypto.',
    'Random text': 'Zufälliger Text',
  },
  options: { generate: 'Erzeugen' },
  failures: {
    'There is no action "{}".': 'Den Vorgang „{}“ gibt es nicht.',
    'Choose a signature, for example RSA-SHA256.': 'Wählen Sie ein Signaturverfahren, etwa RSA-SHA256.',
    'Signing by {} failed.': 'Das Unterschreiben mit {} scheiterte.',
    'The key must be a private key in PEM, of the kind the signature needs.':
      'Der Schlüssel muss ein privater in PEM sein, von der Art, die das Verfahren braucht.',
    'The length must be a whole number up to {}.': 'Die Länge muss eine ganze Zahl bis {} sein.',
    'There are no random texts of kind "{}".': 'Zufällige Texte der Art „{}“ gibt es nicht.',
    'SHA-3 takes at most {} MB. SHA256 takes files of any size.':
      'SHA-3 nimmt höchstens {} MB. SHA256 nimmt Dateien jeder Größe.',
    'There is no digest "{}".': 'Das Hashverfahren „{}“ gibt es nicht.',
  },
});
