import { type NodeType, defineNode } from '../../node/kit.ts';
import { EXTRACT_OPERATIONS, READING } from './fields.ts';
import { readFiles } from './read-files.ts';

export const node: NodeType = defineNode({
  type: 'extract-from-file',
  title: 'Extract from file',
  summary: 'Reads what is in a file: tables, text, JSON, calendars, PDF.',
  group: 'data',
  icon: 'file-input',
  n8n: { type: 'n8n-nodes-base.extractFromFile', versions: [1, 1.1] },
  version: 1.1,
  fields: [
    { name: 'operation', label: 'Format', type: 'options', default: 'csv', options: EXTRACT_OPERATIONS },
    {
      name: 'binaryPropertyName',
      label: 'File',
      type: 'file',
      default: 'data',
      required: true,
      description: 'Name of the field that holds the file.',
    },
    {
      name: 'destinationKey',
      label: 'Put the result in field',
      type: 'string',
      default: 'data',
      description: 'Dots make paths.',
      show: { operation: ['fromIcs', 'fromJson', 'text', 'xml', 'binaryToPropery'] },
    },
    ...READING,
    {
      name: 'options.keepSource',
      label: 'Keep of the input item',
      type: 'options',
      options: ['json', 'binary', 'both'],
      description: 'Otherwise the items hold only what was in the file.',
    },
  ],
  defaults: () => ({ operation: 'csv', binaryPropertyName: 'data', destinationKey: 'data', options: {} }),
  inputs: 1,
  compile: (kit) =>
    readFiles({
      operation: kit.param('operation'),
      property: kit.param('binaryPropertyName'),
      destination: kit.param('destinationKey'),
      options: kit.param('options'),
    }),
});
