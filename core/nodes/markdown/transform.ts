import { textOf } from '../../data/text.ts';
import type { Transform } from '../../node/transform.ts';
import { objectOf } from '../field-list.ts';
import { toHtml } from './transform/to-html.ts';
import { toMarkdown } from './transform/to-markdown.ts';

export const transform: Transform = {
  run({ parameters }) {
    const options = objectOf(parameters['options']);
    const text = textOf(parameters['text']);
    return [{ json: { text: parameters['toHtml'] === true ? toHtml(text, options) : toMarkdown(text, options) } }];
  },
};
