import showdown from 'showdown';
import type { JsonObject } from '../../../data/item.ts';
import { NodeError } from '../../../node/kit.ts';
import { SWITCHES, textOption } from '../options.ts';

const MAX_CHARACTERS = 2_000_000;
/**
 * Every "[" may make the converter look through the rest of the text: 20,000 of them in 20,000 characters take two
 * seconds. Documents people write stay far below.
 */
const MAX_BRACKET_WORK = 400_000_000;

export function toHtml(markdown: string, options: JsonObject): string {
  checkSize(markdown);
  const settings: Record<string, boolean | number | string> = {};
  for (const [name] of SWITCHES) {
    if (typeof options[name] === 'boolean') settings[name] = options[name];
  }
  if (typeof options['headerLevelStart'] === 'number') settings['headerLevelStart'] = options['headerLevelStart'];
  for (const name of ['ghMentionsLink', 'prefixHeaderId']) {
    const value = textOption(options, name);
    if (value !== undefined) settings[name] = value;
  }
  try {
    return new showdown.Converter(settings).makeHtml(markdown);
  } catch (error) {
    if (error instanceof RangeError) throw new NodeError('markdown-too-deep', 'The Markdown is nested too deeply.');
    throw error;
  }
}

function checkSize(markdown: string): void {
  let brackets = 0;
  for (let at = markdown.indexOf('['); at >= 0; at = markdown.indexOf('[', at + 1)) brackets++;
  if (markdown.length <= MAX_CHARACTERS && brackets * markdown.length <= MAX_BRACKET_WORK) return;
  throw new NodeError('markdown-too-large', 'The Markdown is too large to convert.', {
    description: `At most ${MAX_CHARACTERS / 1e6} million characters, fewer when there are many "[".`,
  });
}
