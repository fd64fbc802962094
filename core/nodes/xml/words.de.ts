import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'xml',
  title: 'XML',
  summary: 'Macht aus XML Felder oder aus Feldern XML.',
  fields: {
    'Field with the XML': 'Feld mit dem XML',
    'Read from, or written to.': 'Daraus wird gelesen oder dorthin geschrieben.',
    'Key of attributes': 'Schlüssel der Attribute',
    'Key of text': 'Schlüssel des Texts',
    'Always lists': 'Immer Listen',
    'A child element is a list even when there is one of it.':
      'Ein Kindelement ist eine Liste, auch wenn es nur eines gibt.',
    'Keep the root element': 'Wurzelelement behalten',
    'Drop attributes': 'Attribute weglassen',
    'Attributes beside children': 'Attribute neben Kindern',
    'Otherwise they are together under the key of attributes.':
      'Sonst stehen sie zusammen unter dem Schlüssel der Attribute.',
    'One blank for many': 'Ein Leerzeichen statt vieler',
    'Lower-case names': 'Namen klein schreiben',
    'Trim text': 'Leerraum um Text entfernen',
    'Allow any character': 'Jedes Zeichen zulassen',
    'Write characters outside the basic plane too (JSON to XML).':
      'Auch Zeichen außerhalb der Grundebene schreiben (JSON zu XML).',
    'CDATA where needed': 'CDATA, wo nötig',
    'No XML declaration': 'Ohne XML-Deklaration',
    'Root element': 'Wurzelelement',
    'Used when the item has more than one field.': 'Gilt, wenn das Element mehr als ein Feld hat.',
  },
  options: { xmlToJson: 'XML zu JSON', jsonToxml: 'JSON zu XML' },
  failures: {
    'Item has no JSON property called "{}"': 'Das Element hat kein Feld „{}“',
    'Name the field that holds the XML.': 'Nennen Sie das Feld mit dem XML.',
    'The field "{}" holds a list, no XML.': 'Das Feld „{}“ enthält eine Liste, kein XML.',
    'The item is nested too deeply for XML.': 'Das Element ist zu tief verschachtelt für XML.',
    'The item cannot be written as XML: {}': 'Das Element lässt sich nicht als XML schreiben: {}',
    'Names of fields become names of elements: letters, digits, "-", "_" and ".", no blanks.':
      'Namen von Feldern werden Namen von XML-Elementen: Buchstaben, Ziffern, „-“, „_“ und „.“, keine Leerzeichen.',
    'This is not XML: {}': 'Das ist kein XML: {}',
    'The document declares entities of its own, which are never read.':
      'Das Dokument erklärt eigene Entitäten, die nie gelesen werden.',
    'Remove its <!DOCTYPE …>, or have the sender write characters instead of entities.':
      'Entfernen Sie sein <!DOCTYPE …>, oder lassen Sie den Absender Zeichen statt Entitäten schreiben.',
    'More than {} elements in each other.': 'Mehr als {} XML-Elemente ineinander.',
  },
});
