import type { Field } from '../../node/kit.ts';

export const extraction: readonly Field[] = [
  {
    name: 'sourceData',
    label: 'HTML from',
    type: 'options',
    default: 'json',
    options: ['json', 'binary'],
    description: 'A field of the item, or a file.',
  },
  {
    name: 'dataPropertyName',
    label: 'Field with the HTML',
    type: 'string',
    default: 'data',
    description: 'Name or path of the field, or the name of the file. A list of texts gives one item for each.',
  },
  {
    name: 'extractionValues.values',
    label: 'What to take',
    type: 'collection',
    description:
      'A list of: key (name of the new field), cssSelector, returnValue (text, html, attribute, value), attribute, returnArray (every match, not the first), skipSelectors (elements left out of the text).',
  },
  { name: 'options.trimValues', label: 'Trim values', type: 'boolean', default: true },
  {
    name: 'options.cleanUpText',
    label: 'One line',
    type: 'boolean',
    default: false,
    description: 'Removes line breaks and repeated blanks.',
  },
];
