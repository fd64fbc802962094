import { markup, type Html } from './html.ts';

/**
 * The part of Markdown that answers are written in: paragraphs, headings, lists, quotes, code, emphasis and links. It
 * makes escaped HTML only; HTML in the text is text, and so are images: an address in an answer must not be fetched
 * because somebody reads it. A whole parser would be the heaviest part of the product's bundle.
 */
export function markdown(text: string): Html[] {
  const blocks = blocksOf(text.replaceAll('\r\n', '\n').split('\n'));
  const [only] = blocks;
  return blocks.length === 1 && only?.kind === 'paragraph' ? [...inline(only.lines.join('\n'))] : blocks.map(draw);
}

type Block =
  | { kind: 'code' | 'heading' | 'quote' | 'paragraph'; lines: string[] }
  | { kind: 'list'; isNumbered: boolean; lines: string[] };

const FENCE = /^ {0,3}(```|~~~)/;
const HEADING = /^ {0,3}#{1,6} (.*)$/;
const POINT = /^ {0,9}(?:[-*+]|(\d{1,9})[.)]) (.*)$/;
const QUOTE = /^ {0,3}> ?(.*)$/;
const CONTINUED = /^ {2,}\S/;

function blocksOf(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  let open: Block | undefined;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const fence = FENCE.exec(line)?.[1];
    const heading = HEADING.exec(line)?.[1];
    const point = POINT.exec(line);
    const quote = QUOTE.exec(line)?.[1];
    if (fence !== undefined) {
      let stop = at + 1;
      while (stop < lines.length && lines[stop]?.trim() !== fence) stop++;
      blocks.push({ kind: 'code', lines: lines.slice(at + 1, stop) });
      [open, at] = [undefined, stop];
    } else if (heading !== undefined) {
      blocks.push({ kind: 'heading', lines: [heading] });
      open = undefined;
    } else if (line.trim() === '') {
      open = undefined;
    } else if (point) {
      if (open?.kind !== 'list') blocks.push((open = { kind: 'list', isNumbered: point[1] !== undefined, lines: [] }));
      open.lines.push(point[2] ?? '');
    } else if (open?.kind === 'list' && CONTINUED.test(line)) {
      open.lines.push(`${open.lines.pop() ?? ''}\n${line.trim()}`);
    } else if (quote !== undefined) {
      if (open?.kind !== 'quote') blocks.push((open = { kind: 'quote', lines: [] }));
      open.lines.push(quote);
    } else {
      if (open?.kind !== 'paragraph') blocks.push((open = { kind: 'paragraph', lines: [] }));
      open.lines.push(line);
    }
  }
  return blocks;
}

function draw(block: Block): Html {
  const text = block.lines.join('\n');
  switch (block.kind) {
    case 'code':
      return markup`<pre tabindex="0"><code>${text}</code></pre>`;
    case 'heading':
      return markup`<p><strong>${inline(text)}</strong></p>`;
    case 'quote':
      return markup`<blockquote>${inline(text)}</blockquote>`;
    case 'list': {
      const points = block.lines.map((line) => markup`<li>${inline(line)}</li>`);
      return block.isNumbered ? markup`<ol>${points}</ol>` : markup`<ul>${points}</ul>`;
    }
    case 'paragraph':
      return markup`<p>${inline(text)}</p>`;
  }
}

/** What each begins with ends it at the latest, or it is bounded: the time is in proportion to the text. */
const MARKS =
  /`([^`\n]+)`|\*\*([^*\n]+)\*\*|\*([^*\s][^*\n]*)\*|\[([^[\]\n]{1,500})\]\(((?:https?:\/\/|mailto:)[^\s()<>]{1,2000})\)|(https?:\/\/[^\s()<>[\]"'`*]{1,2000})/g;

function inline(text: string): Html[] {
  const parts: Html[] = [];
  let from = 0;
  for (const match of text.matchAll(MARKS)) {
    const [whole, code, strong, soft, label, target, bare] = match;
    parts.push(markup`${text.slice(from, match.index)}`);
    from = match.index + whole.length;
    if (code !== undefined) parts.push(markup`<code>${code}</code>`);
    else if (strong !== undefined) parts.push(markup`<strong>${inline(strong)}</strong>`);
    else if (soft !== undefined) parts.push(markup`<em>${inline(soft)}</em>`);
    else parts.push(link(target ?? bare ?? '', label ?? bare ?? ''));
  }
  parts.push(markup`${text.slice(from)}`);
  return parts;
}

const link = (url: string, label: string): Html =>
  markup`<a href="${url}" target="_blank" rel="noopener noreferrer nofollow">${label}</a>`;
