import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'form',
  title: 'Formularseite',
  summary: 'Fragt die nächste Seite eines Formulars oder zeigt, wie es ausging.',
  fields: {
    'End with': 'Enden mit',
    'Last title': 'Letzter Titel',
    'Last message': 'Letzte Nachricht',
    'Text or simple HTML.': 'Text oder einfaches HTML.',
    'Lead to': 'Führen zu',
    'Page to show': 'Seite, die gezeigt wird',
    'Text or HTML; scripts do not run.': 'Text oder HTML; Skripte laufen nicht.',
    'File to give': 'Datei, die man bekommt',
    'Default: that of the first page.': 'Ohne Angabe der der ersten Seite.',
  },
  options: { page: 'Weitere Seite', completion: 'Abschluss', showText: 'HTML-Seite', returnBinary: 'Datei' },
  failures: {
    'A form cannot end with "{}".': 'Ein Formular kann nicht mit „{}“ enden.',
    'The form cannot lead to {}.': 'Das Formular kann nicht zu {} führen.',
    'Give a whole address that starts with https:// or http://.':
      'Geben Sie eine ganze Adresse an, die mit https:// oder http:// beginnt.',
  },
});
