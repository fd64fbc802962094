import type { Json } from '../../data/item.ts';
import { textOf } from '../../data/text.ts';
import { type NodeType, defineNode } from '../../node/kit.ts';
import { inField, oneCallAnItem, transformNode } from '../../node/transform.ts';
import { objectOf } from '../field-list.ts';
import { fields } from './options.ts';

export const node: NodeType = defineNode({
  type: 'markdown',
  title: 'Markdown',
  summary: 'Turns HTML into Markdown or Markdown into HTML.',
  group: 'data',
  icon: 'heading',
  n8n: { type: 'n8n-nodes-base.markdown', versions: [1] },
  version: 1,
  fields,
  inputs: 1,
  compile(kit) {
    const mode = kit.param<Json>('mode', 'htmlToMarkdown');
    const source = { html: kit.param<Json>('html', ''), markdown: kit.param<Json>('markdown', '') };
    const destination = kit.param<Json>('destinationKey', 'data');
    const options = kit.param<Json>('options', {});
    return transformNode({
      transform: 'markdown',
      callsOf: oneCallAnItem((step, itemIndex) => {
        const scope = step.scope(itemIndex);
        const toHtml = mode.at(scope) === 'markdownToHtml';
        const text = textOf((toHtml ? source.markdown : source.html).at(scope));
        return { parameters: { toHtml, text, options: objectOf(options.at(scope)) }, files: {} };
      }),
      finish: (step, results) => inField(step, results, (index) => textOf(destination.at(step.scope(index))), 'text'),
    });
  },
});
