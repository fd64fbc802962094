import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'convert-to-file',
  title: 'In Datei umwandeln',
  summary: 'Macht aus Elementen eine Datei: Tabelle, Text, JSON, Kalender oder Base64.',
  fields: {
    'Field to store': 'Feld mit dem Inhalt',
    'Its name, like `level1.text`.': 'Sein Name, etwa `ebene1.text`.',
    'All items in one file, or a file for each.': 'Alle Elemente in einer Datei oder eine Datei für jedes.',
    Indent: 'Einrücken',
  },
  options: {
    once: 'Eine für alle',
    each: 'Eine je Element',
    toBinary: 'Base64 in Datei',
    toJson: 'JSON',
    toText: 'Textdatei',
  },
  failures: {
    'Convert to file cannot "{}".': 'In Datei umwandeln kann „{}“ nicht.',
    'It can: {}.': 'Es kann: {}.',
    'Name the field whose value becomes the file.': 'Nennen Sie das Feld, dessen Wert die Datei wird.',
    'The item has no value in "{}".': 'Das Element hat in „{}“ keinen Wert.',
    'Name the field itself, not its value: `text`, or `answer.text` for a deeper one.':
      'Nennen Sie das Feld, nicht seinen Wert: `text`, oder tiefer `answer.text`.',
    'The file would be larger than {} MiB.': 'Die Datei würde größer als {} MiB.',
    'There is no operation "{}".': 'Den Vorgang „{}“ gibt es nicht.',
    'There is no encoding "{}" to write.': 'In der Zeichenkodierung „{}“ lässt sich nicht schreiben.',
    'The text is not valid base64.': 'Der Text ist kein gültiges Base64.',
    'To store text as it is, use "Convert to text file".': 'Um Text abzulegen, wie er ist, nehmen Sie „Textdatei“.',
    '{} is no date: "{}".': '{} ist kein Datum: „{}“.',
    'Write it like 2026-03-01T12:00:00.': 'Schreiben Sie es wie 2026-03-01T12:00:00.',
    'An XLS file holds {} rows of {} cells.': 'Eine XLS-Datei fasst {} Zeilen mit {} Zellen.',
    'A cell of an XLS file holds {} characters.': 'Eine Zelle einer XLS-Datei fasst {} Zeichen.',
  },
});
