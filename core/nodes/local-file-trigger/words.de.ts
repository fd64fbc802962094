import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'local-file-trigger',
  title: 'Datei-Auslöser',
  summary: 'Startet, wenn Ihre Dateien hinzukommen, sich ändern oder verschwinden.',
  fields: {
    'Trigger on': 'Starten bei',
    'Changes of one file, or anything in a folder.': 'Änderungen einer Datei oder allem in einem Ordner.',
    'File or folder': 'Datei oder Ordner',
    'Watch for': 'Achten auf',
    'A list. Folders exist while files are in them.': 'Eine Liste. Ordner gibt es, solange Dateien darin sind.',
    Ignore: 'Übergehen',
    'A pattern, tested against the whole path.': 'Ein Muster, gegen den ganzen Pfad geprüft.',
    'Folders deep': 'Ordnertiefe',
    '-1 is all the way down.': '-1 geht bis ganz nach unten.',
  },
  options: {
    folder: 'Ordner',
    add: 'Neue Datei',
    change: 'Geänderte Datei',
    unlink: 'Gelöschte Datei',
    addDir: 'Neuer Ordner',
    unlinkDir: 'Gelöschter Ordner',
  },
  failures: {
    'A trigger can watch {} files; here are {}.': 'Ein Auslöser kann {} Dateien beobachten; hier sind {}.',
    'Watch a smaller folder, or ignore some of it.':
      'Beobachten Sie einen kleineren Ordner, oder übergehen Sie einen Teil davon.',
  },
});
