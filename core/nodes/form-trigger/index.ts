import { compileFirstPage } from '../../forms/trigger.ts';
import { pageJson } from '../../forms/page.ts';
import { type NodeType, defineNode } from '../../node/kit.ts';
import { startItems } from '../start-items.ts';
import { FORM_FIELDS, PAGE_OPTIONS } from '../form/fields.ts';

export const node: NodeType = defineNode({
  type: 'form-trigger',
  title: 'Form trigger',
  summary: 'Starts when somebody submits the form it shows.',
  group: 'trigger',
  icon: 'square-pen',
  n8n: { type: 'n8n-nodes-base.formTrigger', versions: [1, 2, 2.1, 2.2, 2.3, 2.4, 2.5] },
  version: 2.5,
  fields: [
    {
      name: 'authentication',
      label: 'Authentication',
      type: 'options',
      default: 'none',
      options: ['none', 'basicAuth'],
      description: 'Who may see and submit the form.',
    },
    { name: 'formTitle', label: 'Title', type: 'string', required: true },
    {
      name: 'formDescription',
      label: 'Description',
      type: 'string',
      description: 'Text or simple HTML below the title.',
    },
    ...FORM_FIELDS,
    {
      name: 'responseMode',
      label: 'Respond',
      type: 'options',
      default: 'onReceived',
      options: ['onReceived', 'lastNode', 'responseNode'],
      description: 'When the form is submitted, when the run finishes, or with what a Respond node says.',
    },
    { name: 'options.path', label: 'Path', type: 'string', description: 'Last part of the form’s address.' },
    {
      name: 'options.respondWithOptions.values',
      label: 'After submitting',
      type: 'collection',
      description: '`{"respondWith": "text", "formSubmittedText": "Thanks"}`, or "redirect" and a "redirectUrl".',
      fields: [
        { name: 'respondWith', label: 'Show', type: 'options', options: ['text', 'redirect'], default: 'text' },
        { name: 'formSubmittedText', label: 'Text', type: 'string', show: { respondWith: ['text'] } },
        { name: 'redirectUrl', label: 'Go to', type: 'string', show: { respondWith: ['redirect'] } },
      ],
    },
    { name: 'options.ignoreBots', label: 'Ignore bots', type: 'boolean', default: false },
    {
      name: 'options.useWorkflowTimezone',
      label: 'Times in the workflow’s zone',
      type: 'boolean',
      default: false,
      description: 'Otherwise `submittedAt` is in UTC.',
    },
    { name: 'options.appendAttribution', label: 'Say what made the form', type: 'boolean', default: true },
    ...PAGE_OPTIONS,
  ],
  trigger: 'form',
  inputs: 0,
  compile(kit) {
    const page = compileFirstPage(kit);
    return { ...startItems(), page: (scope) => pageJson(page(scope)) };
  },
});
