import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'ftp',
  title: 'FTP',
  summary: 'Listet, liest, schreibt, benennt oder löscht Dateien auf einem FTP- oder SFTP-Server.',
  fields: {
    Protocol: 'Protokoll',
    'Of the file, or of the folder to list.': 'Der Datei oder des Ordners, der gelistet wird.',
    'Old path': 'Alter Pfad',
    'Rename: what it is called now.': 'Umbenennen: wie sie jetzt heißt.',
    'New path': 'Neuer Pfad',
    'Rename: what it is called then.': 'Umbenennen: wie sie danach heißt.',
    'Binary file': 'Datei des Elements',
    'Upload a file of the item; otherwise the text below.':
      'Eine Datei des Elements hochladen; sonst den Text darunter.',
    'File content': 'Inhalt der Datei',
    Recursive: 'Mit Unterordnern',
    'List folders in folders too.': 'Auch Ordner in Ordnern listen.',
    Folder: 'Ordner',
    'Delete a folder.': 'Einen Ordner löschen.',
    'Delete the folder with what is in it.': 'Den Ordner mit allem darin löschen.',
    'Create folders': 'Ordner anlegen',
    'Rename into folders that do not exist yet.': 'In Ordner umbenennen, die es noch nicht gibt.',
  },
  options: { rename: 'Umbenennen' },
  failures: {
    "FTP has no operation '{}'.": 'FTP hat keinen Vorgang „{}“.',
    'The path contains a line break.': 'Der Pfad enthält einen Zeilenumbruch.',
  },
});
