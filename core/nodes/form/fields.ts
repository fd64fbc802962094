import type { Field } from '../../node/kit.ts';

/** Parameters that say what a page asks; shared by the nodes that have pages. */
export const FORM_FIELDS: readonly Field[] = [
  { name: 'defineForm', label: 'Define the form', type: 'options', default: 'fields', options: ['fields', 'json'] },
  {
    name: 'formFields.values',
    label: 'Questions',
    type: 'collection',
    description:
      'Each has fieldLabel, fieldName, fieldType (text, textarea, email, number, password, date, dropdown, checkbox, radio, file, hiddenField, html), placeholder, defaultValue, requiredField, fieldOptions.values[].option, multiselect, limitSelection, acceptFileTypes, multipleFiles, formatDate, fieldValue, html, elementName.',
  },
  { name: 'jsonOutput', label: 'Questions as JSON', type: 'json', description: 'The same as a JSON list.' },
];

export const PAGE_OPTIONS: readonly Field[] = [
  { name: 'options.buttonLabel', label: 'Button', type: 'string', default: 'Submit' },
  { name: 'options.customCss', label: 'Styles', type: 'code', description: 'CSS that is added to the page’s own.' },
];
