import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'compression',
  title: 'Archiv',
  summary: 'Packt Dateien in zip, gzip oder tar und packt sie aus.',
  fields: {
    'Names of the fields that hold the files, separated by commas.':
      'Namen der Felder mit den Dateien, durch Kommas getrennt.',
    'What to pack into. Gzip holds one file: several files make several fields.':
      'Worin gepackt wird. Gzip fasst eine Datei: mehrere ergeben mehrere Felder.',
    'Name of the archive': 'Name des Archivs',
    'Put the archive in field': 'Archiv ablegen in Feld',
    'Only when packing.': 'Nur beim Packen.',
    'Prefix of the fields': 'Anfang der Feldnamen',
    'Unpacked files are in fields of this name and a number, from 0.':
      'Ausgepackte Dateien stehen in Feldern dieses Namens mit einer Nummer, ab 0.',
  },
  options: { compress: 'Packen', decompress: 'Auspacken' },
  failures: {
    'Compression cannot "{}".': 'Archiv kann „{}“ nicht.',
    'Name at least one field that holds a file.': 'Nennen Sie mindestens ein Feld mit einer Datei.',
    "Compression cannot make '{}'. Choose zip, gzip, tar or tar.gz.":
      '„{}“ gibt es nicht. Wählen Sie zip, gzip, tar oder tar.gz.',
    "'{}' is no zip, gzip or tar file{}.": '„{}“ ist keine Datei der Art zip, gzip oder tar{}.',
    'Supported are zip, gz, tar, tar.gz and tgz.': 'Es gehen zip, gz, tar, tar.gz und tgz.',
    'The compressed data is damaged: {}.': 'Die gepackten Daten sind beschädigt: {}.',
    'The compressed data ends too early.': 'Die gepackten Daten enden zu früh.',
    'This is not a readable tar file.': 'Diese tar-Datei ist nicht zu lesen.',
    'This file unpacks to more than is allowed.': 'Diese Datei wird ausgepackt größer, als erlaubt ist.',
    'The limit is {} MiB, and {} times the packed size.': 'Die Grenze ist {} MiB und das {}-Fache der gepackten Größe.',
    'An archive may hold {} files.': 'Ein Archiv darf {} Dateien enthalten.',
    'This is not a readable zip file: {}.': 'Diese zip-Datei ist nicht zu lesen: {}.',
    "'{}' is encrypted. Only zip files without a password can be read.":
      '„{}“ ist verschlüsselt. Nur zip-Dateien ohne Passwort sind zu lesen.',
  },
});
