import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'html',
  title: 'HTML',
  summary: 'Liest Werte aus HTML, schreibt eine Seite oder zeigt Elemente als Tabelle.',
  fields: {
    'HTML with expressions in {{ }}. What they give is put in as it is: escape data you did not write.':
      'HTML mit Ausdrücken in {{ }}. Was sie ergeben, steht unverändert darin: maskieren Sie Daten, die nicht von Ihnen sind.',
    'Capitalize headers': 'Überschriften groß beginnen',
    'No style of ours': 'Ohne unsere Gestaltung',
    Caption: 'Beschriftung',
    'Attributes of the table': 'Attribute der Tabelle',
    'Attributes of headers': 'Attribute der Überschriften',
    'Attributes of rows': 'Attribute der Zeilen',
    'Attributes of cells': 'Attribute der Zellen',
  },
  options: {
    generateHtmlTemplate: 'Seite schreiben',
    extractHtmlContent: 'Werte lesen',
    convertToHtmlTable: 'Tabelle schreiben',
  },
  failures: {
    'No property named "{}" exists!': 'Ein Feld namens „{}“ gibt es nicht!',
    'Name the field that holds the HTML.': 'Nennen Sie das Feld mit dem HTML.',
    'There is no HTML operation "{}".': 'HTML hat keinen Vorgang „{}“.',
    '"{}" are not attributes of an HTML element.': '„{}“ sind keine Attribute eines HTML-Elements.',
    'Example: class="wide" id="orders".': 'Beispiel: class="wide" id="orders".',
    'Expected HTML as text, but got null.': 'HTML als Text wurde erwartet, aber es ist null.',
    '"{}" is not a CSS selector: {}': '„{}“ ist kein CSS-Selektor: {}',
    'Example: "article h2 > a.title".': 'Beispiel: „article h2 > a.title“.',
    '"{}" is not a list of CSS selectors.': '„{}“ ist keine Liste von CSS-Selektoren.',
  },
});
