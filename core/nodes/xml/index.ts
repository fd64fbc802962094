import type { Json, JsonObject } from '../../data/item.ts';
import { textOf } from '../../data/text.ts';
import { fieldReader } from '../../data/path.ts';
import { type NodeType, NodeError, defineNode } from '../../node/kit.ts';
import { oneCallAnItem, transformNode } from '../../node/transform.ts';
import { objectOf } from '../field-list.ts';

export const node: NodeType = defineNode({
  type: 'xml',
  title: 'XML',
  summary: 'Reads XML into fields, or writes fields as XML.',
  group: 'data',
  icon: 'code',
  n8n: { type: 'n8n-nodes-base.xml', versions: [1] },
  version: 1,
  fields: [
    { name: 'mode', label: 'Mode', type: 'options', default: 'xmlToJson', options: ['xmlToJson', 'jsonToxml'] },
    {
      name: 'dataPropertyName',
      label: 'Field with the XML',
      type: 'string',
      default: 'data',
      description: 'Read from, or written to.',
    },
    { name: 'options.attrkey', label: 'Key of attributes', type: 'string', default: '$' },
    { name: 'options.charkey', label: 'Key of text', type: 'string', default: '_' },
    {
      name: 'options.explicitArray',
      label: 'Always lists',
      type: 'boolean',
      default: false,
      description: 'A child element is a list even when there is one of it.',
      show: { mode: ['xmlToJson'] },
    },
    {
      name: 'options.explicitRoot',
      label: 'Keep the root element',
      type: 'boolean',
      default: true,
      show: { mode: ['xmlToJson'] },
    },
    {
      name: 'options.ignoreAttrs',
      label: 'Drop attributes',
      type: 'boolean',
      default: false,
      show: { mode: ['xmlToJson'] },
    },
    {
      name: 'options.mergeAttrs',
      label: 'Attributes beside children',
      type: 'boolean',
      default: true,
      description: 'Otherwise they are together under the key of attributes.',
      show: { mode: ['xmlToJson'] },
    },
    {
      name: 'options.normalize',
      label: 'One blank for many',
      type: 'boolean',
      default: false,
      show: { mode: ['xmlToJson'] },
    },
    {
      name: 'options.normalizeTags',
      label: 'Lower-case names',
      type: 'boolean',
      default: false,
      show: { mode: ['xmlToJson'] },
    },
    { name: 'options.trim', label: 'Trim text', type: 'boolean', default: false, show: { mode: ['xmlToJson'] } },
    {
      name: 'options.allowSurrogateChars',
      label: 'Allow any character',
      type: 'boolean',
      default: false,
      description: 'Write characters outside the basic plane too (JSON to XML).',
      show: { mode: ['jsonToxml'] },
    },
    {
      name: 'options.cdata',
      label: 'CDATA where needed',
      type: 'boolean',
      default: false,
      show: { mode: ['jsonToxml'] },
    },
    {
      name: 'options.headless',
      label: 'No XML declaration',
      type: 'boolean',
      default: false,
      show: { mode: ['jsonToxml'] },
    },
    {
      name: 'options.rootName',
      label: 'Root element',
      type: 'string',
      default: 'root',
      description: 'Used when the item has more than one field.',
      show: { mode: ['jsonToxml'] },
    },
  ],
  inputs: 1,
  compile(kit) {
    const mode = kit.param<Json>('mode', 'xmlToJson');
    const name = kit.param<Json>('dataPropertyName', 'data');
    const options = kit.param<Json>('options', {});
    return transformNode({
      transform: 'xml',
      callsOf: oneCallAnItem((step, itemIndex, item) => {
        const scope = step.scope(itemIndex);
        const property = textOf(name.at(scope) ?? 'data') || 'data';
        const parameters: JsonObject = { property, options: objectOf(options.at(scope)) };
        if (mode.at(scope) === 'jsonToxml') return { parameters: { ...parameters, write: item.json }, files: {} };
        const found = fieldReader(property)(item.json);
        if (found === undefined) {
          throw new NodeError('no-field', `Item has no JSON property called "${property}"`, {
            itemIndex,
            description: 'Name the field that holds the XML.',
          });
        }
        return { parameters: { ...parameters, read: found }, files: {} };
      }),
    });
  },
});
