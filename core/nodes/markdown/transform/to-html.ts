import MarkdownIt, { type MarkdownIt as Parser } from 'markdown-it';
import type { JsonObject } from '../../../data/item.ts';
import { numberOf } from '../../../data/text.ts';
import { NodeError } from '../../../node/kit.ts';
import { textOption } from '../options.ts';
import { addHeadings } from './headings.ts';
import { addLinks } from './links.ts';
import { prepared } from './prepare.ts';
import { addTasks } from './tasks.ts';

const MAX_CHARACTERS = 1_000_000;
/** From every opening the parser may look through the rest: 20,000 in 100,000 characters take two to four seconds. */
const MAX_STEPS = 3_000_000_000;

/** As showdown, n8n's converter, frames a document. */
const DOCUMENT: readonly [before: string, after: string] = [
  '<!DOCTYPE HTML>\n<html>\n<head>\n<meta charset="utf-8">\n</head>\n<body>\n',
  '\n</body>\n</html>',
];

/**
 * Markdown to HTML as showdown, which n8n uses, writes it. Not with showdown: its patterns backtrack, so that 7,000
 * characters can hold a process for a minute and a half; this parser takes time by the length of the text.
 */
export function toHtml(markdown: string, options: JsonObject): string {
  if (markdown.length > MAX_CHARACTERS || markdown.length * openings(markdown) > MAX_STEPS) {
    throw new NodeError('markdown-too-large', 'The Markdown is too large to convert.', {
      description: `At most ${MAX_CHARACTERS / 1e6} million characters, fewer when it is full of "[", "<" and "@".`,
    });
  }
  const is = (name: string): boolean => options[name] === true;
  const parser = new MarkdownIt({
    html: true,
    xhtmlOut: true,
    breaks: is('simpleLineBreaks'),
    linkify: is('simplifiedAutoLink'),
  });
  if (!is('tables')) parser.disable('table');
  if (!is('strikethrough')) parser.disable('strikethrough');
  if (options['ghCodeBlocks'] === false) parser.disable('fence');
  addEllipsis(parser);
  addHeadings(parser, {
    hasIds: !is('noHeaderId'),
    style: is('rawHeaderId') ? 'raw' : is('ghCompatibleHeaderId') ? 'github' : 'plain',
    prefix: textOption(options, 'prefixHeaderId') ?? (options['prefixHeaderId'] === true ? 'section' : ''),
    isPrefixRaw: is('rawPrefixHeaderId'),
    custom: is('customizedHeaderId'),
    firstLevel: Math.min(6, Math.max(1, Math.floor(numberOf(options['headerLevelStart'])) || 1)),
    columnIds: is('tablesHeaderId'),
  });
  addLinks(parser, {
    inNewWindow: is('openLinksInNewWindow'),
    mentions: is('ghMentions') ? (textOption(options, 'ghMentionsLink') ?? 'https://github.com/{u}') : undefined,
  });
  if (is('tasklists')) addTasks(parser);
  addDeletions(parser);
  addCodeClass(parser);
  const source = prepared(markdown, {
    headingsNeedBlank: is('requireSpaceBeforeHeadingText'),
    imageSizes: is('parseImgDimensions'),
    emoji: is('emoji'),
  });
  try {
    const html = parser.render(source).trim();
    return is('completeHTMLDocument') ? DOCUMENT.join(html) : html;
  } catch (error) {
    if (error instanceof RangeError) throw new NodeError('markdown-too-deep', 'The Markdown is nested too deeply.');
    throw error;
  }
}

function addEllipsis(parser: Parser): void {
  parser.core.ruler.push('ellipsis', (state) => {
    for (const { children } of state.tokens) {
      for (const token of children ?? []) {
        if (token.type === 'text') token.content = token.content.replaceAll('...', '…');
      }
    }
  });
}

/** `<del>`, as showdown writes it, says more than `<s>`. */
function addDeletions(parser: Parser): void {
  parser.renderer.rules['s_open'] = () => '<del>';
  parser.renderer.rules['s_close'] = () => '</del>';
}

/** Two classes, as showdown writes them: highlighters look for the one or the other. */
function addCodeClass(parser: Parser): void {
  parser.renderer.rules.fence = (tokens, index) => {
    const { content = '', info = '' } = tokens[index] ?? {};
    const language = parser.utils.escapeHtml(info.trim().split(/\s/)[0] ?? '');
    const classes = language === '' ? '' : ` class="${language} language-${language}"`;
    return `<pre><code${classes}>${parser.utils.escapeHtml(content)}</code></pre>\n`;
  };
}

function openings(markdown: string): number {
  let count = 0;
  for (const character of markdown) if (character === '[' || character === '<' || character === '@') count++;
  return count;
}
