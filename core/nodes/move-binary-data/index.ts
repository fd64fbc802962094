import { type NodeType, NodeError, defineNode } from '../../node/kit.ts';
import { binaryToJson } from './binary-to-json.ts';
import { jsonToBinary } from './json-to-binary.ts';

export const node: NodeType = defineNode({
  type: 'move-binary-data',
  title: 'Move binary data',
  summary: 'Moves data from files into items, or from items into files.',
  group: 'data',
  icon: 'arrow-left-right',
  n8n: { type: 'n8n-nodes-base.moveBinaryData', versions: [1, 1.1] },
  version: 1.1,
  fields: [
    {
      name: 'mode',
      label: 'Mode',
      type: 'options',
      default: 'binaryToJson',
      options: ['binaryToJson', 'jsonToBinary'],
    },
    {
      name: 'setAllData',
      label: 'Replace the whole item',
      type: 'boolean',
      default: true,
      description: 'Binary to JSON: the file’s JSON becomes the item; otherwise it goes into one field.',
      show: { mode: ['binaryToJson'] },
    },
    {
      name: 'convertAllData',
      label: 'Store the whole item',
      type: 'boolean',
      default: true,
      description: 'JSON to binary; otherwise one field.',
      show: { mode: ['jsonToBinary'] },
    },
    { name: 'sourceKey', label: 'From field', type: 'string', default: 'data', required: true },
    { name: 'destinationKey', label: 'To field', type: 'string', default: 'data', required: true },
    { name: 'options.encoding', label: 'Encoding', type: 'string', default: 'utf8' },
    { name: 'options.keepSource', label: 'Keep the source', type: 'boolean', default: false },
    { name: 'options.jsonParse', label: 'Read as JSON', type: 'boolean', default: false },
    { name: 'options.keepAsBase64', label: 'Keep as base64', type: 'boolean', default: false },
    { name: 'options.stripBOM', label: 'Strip the byte order mark', type: 'boolean', default: true },
    { name: 'options.addBOM', label: 'Begin with a byte order mark', type: 'boolean', default: false },
    { name: 'options.dataIsBase64', label: 'The field is base64', type: 'boolean', default: false },
    { name: 'options.useRawData', label: 'Store text as it is', type: 'boolean', default: false },
    { name: 'options.fileName', label: 'File name', type: 'string', default: '' },
    { name: 'options.mimeType', label: 'Media type', type: 'string', default: '' },
  ],
  defaults: () => ({
    mode: 'binaryToJson',
    setAllData: true,
    convertAllData: true,
    sourceKey: 'data',
    destinationKey: 'data',
    options: {},
  }),
  inputs: 1,
  compile(kit) {
    const mode = String(kit.raw('mode'));
    if (mode === 'binaryToJson') return binaryToJson(kit);
    if (mode === 'jsonToBinary') return jsonToBinary(kit);
    throw new NodeError('unknown-mode', `Move binary data cannot "${mode}".`);
  },
});
