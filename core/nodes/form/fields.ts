import type { Field } from '../../node/kit.ts';

const KINDS = 'text textarea email number password date dropdown checkbox radio file hiddenField html'.split(' ');

/** Parameters that say what a page asks; shared by the nodes that have pages. */
export const FORM_FIELDS: readonly Field[] = [
  { name: 'defineForm', label: 'Define the form', type: 'options', default: 'fields', options: ['fields', 'json'] },
  {
    name: 'formFields.values',
    label: 'Questions',
    type: 'list',
    show: { defineForm: ['fields'] },
    fields: [
      { name: 'fieldLabel', label: 'Question', type: 'string', required: true },
      { name: 'fieldName', label: 'Name in the data', type: 'string' },
      { name: 'fieldType', label: 'Kind', type: 'options', default: 'text', options: KINDS },
      {
        name: 'placeholder',
        label: 'Placeholder',
        type: 'string',
        show: { fieldType: ['text', 'textarea', 'email', 'number', 'password'] },
      },
      {
        name: 'defaultValue',
        label: 'Filled in with',
        type: 'string',
        show: { fieldType: ['text', 'textarea', 'email', 'number', 'date', 'dropdown', 'radio'] },
      },
      {
        name: 'fieldOptions.values',
        label: 'Choices',
        type: 'list',
        show: { fieldType: ['dropdown', 'checkbox', 'radio'] },
        fields: [{ name: 'option', label: 'Choice', type: 'string' }],
      },
      {
        name: 'multiselect',
        label: 'Several at once',
        type: 'boolean',
        default: false,
        show: { fieldType: ['dropdown'] },
      },
      {
        name: 'acceptFileTypes',
        label: 'Kinds of files',
        type: 'string',
        description: 'Such as .pdf, .png',
        show: { fieldType: ['file'] },
      },
      { name: 'multipleFiles', label: 'Several files', type: 'boolean', default: true, show: { fieldType: ['file'] } },
      { name: 'fieldValue', label: 'Value', type: 'string', show: { fieldType: ['hiddenField'] } },
      { name: 'html', label: 'HTML', type: 'code', language: 'html', show: { fieldType: ['html'] } },
      { name: 'elementName', label: 'Name in the data', type: 'string', show: { fieldType: ['html'] } },
      { name: 'requiredField', label: 'Must be answered', type: 'boolean', default: false },
    ],
  },
  {
    name: 'jsonOutput',
    label: 'Questions as JSON',
    type: 'json',
    description: 'The same as a JSON list.',
    show: { defineForm: ['json'] },
  },
];

export const PAGE_OPTIONS: readonly Field[] = [
  { name: 'options.buttonLabel', label: 'Button', type: 'string', default: 'Submit' },
  {
    name: 'options.customCss',
    label: 'Styles',
    type: 'code',
    description: 'CSS that is added to the page’s own.',
    language: 'css',
  },
];
