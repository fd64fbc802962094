import MarkdownIt, { type MarkdownIt as Parser } from 'markdown-it';

/** What Markdown says, as plain data: text, and what it is in. */
export type Piece = string | Span;
export interface Span {
  tag: Tag;
  /** Where a link leads; only `http`, `https` and `mailto`. */
  href?: string;
  /** A picture that is in the text itself, as a `data:` address. */
  src?: string;
  /** Number of the first entry of a list. */
  start?: number;
  children: Piece[];
}

const TAGS = [
  'p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'strong', 'em', 's', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'a', 'img',
  'hr', 'br', 'table', 'thead', 'tbody', 'tr', 'th', 'td',
] as const; // prettier-ignore
export type Tag = (typeof TAGS)[number];

/** The parser looks through the rest from every bracket: more would hold the page. */
const MAX_STEPS = 20_000_000;
const MAX_CHARACTERS = 100_000;
const LINKS: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);
const PICTURE = /^data:image\/(?:png|jpeg|gif|webp);base64,/;
const VIDEO = /^[\w-]{6,20}$/;

type Token = ReturnType<Parser['parse']>[number];

const parser = new MarkdownIt({ html: false, linkify: true, breaks: true });

/** Undefined: too large to be read at once; it is text then. Markup in it is text always. */
export function parseMarkdown(text: string): Piece[] | undefined {
  if (text.length > MAX_CHARACTERS) return undefined;
  let openings = 1;
  for (const character of text) if (character === '[' || character === '<' || character === '@') openings++;
  if (text.length * openings > MAX_STEPS) return undefined;
  return tree(parser.parse(text, {}));
}

function tree(tokens: readonly Token[]): Piece[] {
  const root: Piece[] = [];
  const open = [root];
  for (const token of tokens) {
    const into = open.at(-1) ?? root;
    if (token.nesting < 0) {
      if (open.length > 1) open.pop();
      continue;
    }
    // a list without blank lines has hidden paragraphs
    if (token.hidden) {
      if (token.nesting > 0) open.push(into);
    } else if (token.type === 'inline') into.push(...tree(token.children ?? []));
    else if (token.type === 'text' || token.type === 'html_block' || token.type === 'html_inline') {
      if (token.content !== '') into.push(token.content);
    } else if (token.type === 'softbreak') into.push({ tag: 'br', children: [] });
    else {
      const span = spanOf(token, into);
      if (!span) into.push(token.content);
      else into.push(span);
      if (token.nesting > 0) open.push(span?.children ?? into);
    }
  }
  return root;
}

function spanOf(token: Token, before: Piece[]): Span | undefined {
  const { type } = token;
  if (type === 'fence' || type === 'code_block') return { tag: 'pre', children: [token.content.replace(/\n$/, '')] };
  const tag = TAGS.find((each) => each === token.tag);
  if (!tag) return undefined;
  if (tag === 'code') return { tag, children: [token.content] };
  if (tag === 'img') return pictureOf(token);
  if (tag === 'a') return { tag, ...hrefOf(String(token.attrGet('href') ?? ''), before), children: [] };
  const start = Number(token.attrGet('start') ?? 1);
  return { tag, ...(start === 1 ? {} : { start }), children: [] };
}

/** A picture from elsewhere is not fetched: the page reaches out to nobody. It is a link. */
function pictureOf(token: Token): Span {
  const src = String(token.attrGet('src') ?? '');
  const alt = token.content === '' ? (src.split('/').at(-1)?.split('#')[0] ?? '') : token.content;
  return PICTURE.test(src)
    ? { tag: 'img', src, children: [alt] }
    : { tag: 'a', ...hrefOf(src, []), children: [alt === '' ? src : alt] };
}

function hrefOf(href: string, before: Piece[]): { href?: string } {
  // n8n's notes: `@[youtube](ID)`
  const last = before.at(-1);
  if (typeof last === 'string' && last.endsWith('@') && VIDEO.test(href)) {
    before[before.length - 1] = last.slice(0, -1);
    return { href: `https://www.youtube.com/watch?v=${href}` };
  }
  return URL.canParse(href) && LINKS.has(new URL(href).protocol) ? { href } : {};
}
