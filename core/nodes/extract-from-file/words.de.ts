import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'extract-from-file',
  title: 'Aus Datei lesen',
  summary: 'Liest, was in einer Datei steht: Tabellen, Text, JSON, Kalender, PDF.',
  fields: {
    'Put the result in field': 'Ergebnis ablegen in Feld',
    'Dots make paths.': 'Punkte trennen Ebenen.',
    'Join pages': 'Seiten verbinden',
    'Otherwise the text is a list with an entry for each page.':
      'Sonst ist der Text eine Liste mit einem Eintrag je Seite.',
    '0 reads all pages.': '0 liest alle Seiten.',
    'Keep of the input item': 'Vom Element behalten',
    'Otherwise the items hold only what was in the file.': 'Sonst enthalten die Elemente nur, was in der Datei war.',
  },
  options: { fromIcs: 'iCalendar', fromJson: 'JSON', binaryToPropery: 'Base64' },
  failures: {
    'The file is not valid JSON: {}': 'Die Datei ist kein gültiges JSON: {}',
    'Files cannot be read as "{}".': 'Dateien lassen sich nicht als „{}“ lesen.',
    'There is no encoding "{}".': 'Die Zeichenkodierung „{}“ gibt es nicht.',
    'A file to read as "{}" may have {} MiB.': 'Eine Datei, die als „{}“ gelesen wird, darf {} MiB haben.',
    'Line {} cannot be read: {}.': 'Zeile {} ist nicht zu lesen: {}.',
    'Turn on "Relax quotes", or skip records with errors.':
      'Schalten Sie „Anführungszeichen nachsichtig lesen“ ein, oder überspringen Sie fehlerhafte Zeilen.',
    'The page has no table.': 'Die Seite hat keine Tabelle.',
    'The table cannot be read: {}.': 'Die Tabelle ist nicht zu lesen: {}.',
    'This file is no iCalendar file: {}': 'Diese Datei ist keine iCalendar-Datei: {}',
    'A calendar may have {} events.': 'Ein Kalender darf {} Termine haben.',
    'This PDF unpacks to more than is allowed.': 'Dieses PDF wird ausgepackt größer, als erlaubt ist.',
    'The limit is {} MiB for one of its streams.': 'Die Grenze ist {} MiB für einen seiner Datenströme.',
    'The text has more than {} characters.': 'Der Text hat mehr als {} Zeichen.',
    'The PDF cannot be read: {}': 'Das PDF ist nicht zu lesen: {}',
    'The PDF needs a password, or another one.': 'Das PDF braucht ein Passwort, oder ein anderes.',
    'Set the option "Password".': 'Setzen Sie die Option „Passwort“.',
    'This file is no readable PDF: {}': 'Diese Datei ist kein lesbares PDF: {}',
    'This file is no RTF document.': 'Diese Datei ist kein RTF-Dokument.',
    'The spreadsheet cannot be read: {}': 'Die Tabellendatei ist nicht zu lesen: {}',
    'This file is no XLSX, XLS or ODS spreadsheet.': 'Diese Datei ist keine Tabelle der Art XLSX, XLS oder ODS.',
    'Choose the operation for the format the file really has.':
      'Wählen Sie den Vorgang für das Format, das die Datei wirklich hat.',
    'The spreadsheet has no sheet "{}".': 'Die Tabellendatei hat kein Blatt „{}“.',
    '"{}" is no range of cells.': '„{}“ ist kein Bereich von Zellen.',
    'For example A1:D10.': 'Zum Beispiel A1:D10.',
    'Set "Rows at most" to read a part of it.': 'Setzen Sie „Höchstens so viele Zeilen“, um einen Teil zu lesen.',
    'A table may have {} columns.': 'Eine Tabelle darf {} Spalten haben.',
  },
});
