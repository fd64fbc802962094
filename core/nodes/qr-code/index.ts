import type { Json } from '../../data/item.ts';
import { textOf } from '../../data/text.ts';
import { type NodeType, NodeError, defineNode } from '../../node/kit.ts';
import { oneCallAnItem, transformNode } from '../../node/transform.ts';
import { objectOf } from '../field-list.ts';

export const node: NodeType = defineNode({
  type: 'qr-code',
  title: 'QR code',
  summary: 'Draws a text or link as a QR code.',
  group: 'data',
  icon: 'qr-code',
  version: 1,
  fields: [
    { name: 'text', label: 'Text', type: 'string', required: true, default: '' },
    { name: 'output', label: 'File', type: 'string', default: 'data', description: 'Name of the file in the item.' },
    { name: 'options.format', label: 'Format', type: 'options', default: 'png', options: ['png', 'svg'] },
    {
      name: 'options.errorCorrection',
      label: 'Error correction',
      type: 'options',
      default: 'M',
      options: ['L', 'M', 'Q', 'H'],
      description: 'How much may be covered or dirty: 7, 15, 25 or 30 %.',
    },
    { name: 'options.scale', label: 'Pixels a square', type: 'number', default: 8 },
    { name: 'options.margin', label: 'Squares around', type: 'number', default: 4 },
    { name: 'options.color', label: 'Color', type: 'color', default: '#000000' },
    { name: 'options.backgroundColor', label: 'Background', type: 'color', default: '#ffffff' },
  ],
  inputs: 1,
  compile(kit) {
    const text = kit.param<Json>('text', '');
    const output = kit.param<Json>('output', 'data');
    const options = kit.param<Json>('options', {});
    return transformNode({
      transform: 'qr-code',
      callsOf: oneCallAnItem((step, itemIndex, item) => {
        const scope = step.scope(itemIndex);
        const content = textOf(text.at(scope));
        if (content === '') throw new NodeError('no-text', 'There is no text for the code.', { itemIndex });
        const property = textOf(output.at(scope)) || 'data';
        return {
          parameters: { text: content, property, options: objectOf(options.at(scope)), json: item.json },
          files: {},
        };
      }),
    });
  },
});
