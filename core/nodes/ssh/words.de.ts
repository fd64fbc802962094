import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'ssh',
  title: 'SSH',
  summary: 'Führt je Element einen Befehl auf einem Server aus oder bewegt eine Datei.',
  fields: {
    Command: 'Befehl',
    'Given to the shell of the account as it is.': 'Geht unverändert an die Shell des Kontos.',
    'Working directory': 'Arbeitsverzeichnis',
    'File to download': 'Datei, die heruntergeladen wird',
    'Folder to upload to': 'Ordner, in den hochgeladen wird',
    'Instead of the file’s own.': 'Statt des eigenen der Datei.',
  },
  options: { privateKey: 'Privater Schlüssel', command: 'Befehl', execute: 'Ausführen' },
  failures: {
    "SSH cannot '{}' a '{}'.": 'SSH kann „{}“ nicht mit „{}“.',
  },
});
