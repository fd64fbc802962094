import { NodeError, type NodeType, defineNode } from '../../node/kit.ts';
import { CONVERT_OPERATIONS, WRITING } from './fields.ts';
import { eventAnItem, fileAnItem, oneFile } from './make-files.ts';

export const node: NodeType = defineNode({
  type: 'convert-to-file',
  title: 'Convert to file',
  summary: 'Makes a file of items: tables, text, JSON, calendars, or base64.',
  group: 'data',
  icon: 'file-output',
  n8n: { type: 'n8n-nodes-base.convertToFile', versions: [1, 1.1] },
  version: 1.1,
  fields: [
    { name: 'operation', label: 'Format', type: 'options', default: 'csv', options: CONVERT_OPERATIONS },
    { name: 'binaryPropertyName', label: 'Put the file in field', type: 'string', default: 'data', required: true },
    ...WRITING,
  ],
  defaults: () => ({
    operation: 'csv',
    binaryPropertyName: 'data',
    mode: 'once',
    start: '',
    end: '',
    allDay: false,
    options: {},
    additionalFields: {},
  }),
  inputs: 1,
  compile(kit) {
    const how = {
      operation: kit.param('operation'),
      output: kit.param('binaryPropertyName'),
      options: kit.param('options'),
    };
    const operation = String(kit.raw('operation'));
    if (operation === 'iCal') return eventAnItem(kit);
    if (operation === 'toText' || operation === 'toBinary') {
      return fileAnItem({ ...how, property: kit.param('sourceProperty', '') });
    }
    if (operation === 'toJson' && kit.raw('mode') === 'each') return fileAnItem(how);
    if ((CONVERT_OPERATIONS as readonly string[]).includes(operation)) return oneFile(how);
    throw new NodeError('unknown-mode', `Convert to file cannot "${operation}".`, {
      description: `It can: ${CONVERT_OPERATIONS.join(', ')}.`,
    });
  },
});
