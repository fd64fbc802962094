import { escapeHtml } from './html.ts';

/** Tags authors may use in descriptions, messages and HTML fields, with the attributes each may have. */
const ALLOWED: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    a: ['href', 'target', 'rel'],
    img: ['src', 'alt', 'width', 'height'],
    video: ['src', 'controls', 'autoplay', 'loop', 'muted', 'poster', 'width', 'height'],
    source: ['src', 'type'],
    iframe: ['src', 'width', 'height', 'allow', 'allowfullscreen'],
    td: ['colspan', 'rowspan', 'scope', 'headers'],
    th: ['colspan', 'rowspan', 'scope', 'headers'],
    ...Object.fromEntries(
      'b br blockquote code div em h1 h2 h3 h4 h5 h6 hr i li ol p pre s small span strong sub sup table tbody tfoot thead tr u ul'
        .split(' ')
        .map((tag) => [tag, []]),
    ),
  }),
);
const VOID: ReadonlySet<string> = new Set(['br', 'hr', 'img', 'source']);
/** What they hold is not text to show. */
const DROPPED_WHOLE: ReadonlySet<string> = new Set(
  'script style iframe textarea title noscript template svg math xmp noembed noframes object select option'.split(' '),
);
const ADDRESSES: ReadonlySet<string> = new Set(['href', 'src', 'poster']);
const MAX_CHARS = 200_000;
/** A longer tag is text: each `<` is looked at no further, so time stays in proportion to the input. */
const MAX_TAG_CHARS = 1_000;
const MAX_DEPTH = 60;

/** A tag as it is written, its attributes not yet read. Each part is delimited by what it may not hold: linear. */
const TAG = /^<(\/?)([a-zA-Z][a-zA-Z0-9-]*)((?:"[^"]*"|'[^']*'|[^"'>])*)>/;
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>`]+)))?/g;

/**
 * HTML rebuilt of allowed tags and attributes, everything else dropped or escaped, and all of it closed again. The
 * input is never passed through: what comes out was written here.
 */
export function sanitize(source: string): string {
  const input = source.slice(0, MAX_CHARS);
  const lower = input.toLowerCase();
  const open: string[] = [];
  let out = '';
  for (let at = 0; at < input.length;) {
    const next = input.indexOf('<', at);
    if (next < 0) return out + text(input.slice(at)) + closeAll(open);
    out += text(input.slice(at, next));
    at = next;
    if (input.startsWith('<!', at) || input.startsWith('<?', at)) {
      at = endOfDeclaration(input, at);
      continue;
    }
    const end = input.indexOf('>', at);
    if (end < 0) return out + text(input.slice(at)) + closeAll(open);
    const tag = end - at > MAX_TAG_CHARS ? null : TAG.exec(input.slice(at, at + MAX_TAG_CHARS));
    if (!tag) {
      out += '&lt;';
      at++;
      continue;
    }
    at += tag[0].length;
    const name = (tag[2] ?? '').toLowerCase();
    if (tag[1] === '/') {
      out += close(open, name);
      continue;
    }
    if (DROPPED_WHOLE.has(name)) at = endOfElement(lower, at, name);
    if (ALLOWED.has(name) && open.length < MAX_DEPTH) {
      out += opening(name, tag[3] ?? '');
      if (name === 'iframe') out += '</iframe>';
      else if (!VOID.has(name)) open.push(name);
    }
  }
  return out + closeAll(open);
}

/** Entities people write stay as they are. */
const text = (raw: string): string =>
  raw.replaceAll(/&(?!#\d{1,7};|#x[0-9a-f]{1,6};|[a-z][a-z0-9]{1,31};)|[<>"']/gi, escapeHtml);

function endOfDeclaration(input: string, at: number): number {
  const mark = input.startsWith('<!--', at) ? '-->' : '>';
  const end = input.indexOf(mark, at + 2);
  return end < 0 ? input.length : end + mark.length;
}

function endOfElement(input: string, at: number, name: string): number {
  const end = input.indexOf(`</${name}`, at);
  if (end < 0) return input.length;
  const closed = input.indexOf('>', end);
  return closed < 0 ? input.length : closed + 1;
}

function close(open: string[], name: string): string {
  const index = open.lastIndexOf(name);
  return index < 0 ? '' : closeAll(open.splice(index));
}

const closeAll = (open: readonly string[]): string =>
  open
    .toReversed()
    .map((name) => `</${name}>`)
    .join('');

function opening(name: string, written: string): string {
  const allowed = ALLOWED.get(name) ?? [];
  const found = new Map<string, string>();
  for (const match of written.matchAll(ATTRIBUTE)) {
    const attribute = (match[1] ?? '').toLowerCase();
    if (!allowed.includes(attribute) || found.has(attribute)) continue;
    const value = decode(match[2] ?? match[3] ?? match[4] ?? '');
    if (!ADDRESSES.has(attribute)) found.set(attribute, value);
    else if (isAddress(value, name)) found.set(attribute, value.trim());
  }
  // Said to be for the eye alone: without a word, screen readers read its address out.
  if (name === 'img' && !found.has('alt')) found.set('alt', '');
  if (name === 'a') found.set('rel', 'noopener noreferrer');
  if (name === 'iframe') {
    found.set('sandbox', 'allow-scripts allow-popups allow-presentation');
    found.set('referrerpolicy', 'no-referrer');
    found.set('title', 'Embedded page');
  }
  return `<${name}${[...found].map(([key, value]) => ` ${key}="${escapeHtml(value)}"`).join('')}>`;
}

/** Absolute https and http only; links may also write mail. Frames come from elsewhere, never from this origin. */
function isAddress(value: string, tag: string): boolean {
  if (tag === 'iframe') return /^https:\/\//i.test(value.trim());
  return /^https?:\/\//i.test(value.trim()) || (tag === 'a' && /^mailto:/i.test(value.trim()));
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decode(value: string): string {
  return value.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/gi, (whole, decimal, hex, name) => {
    if (name) return NAMED[String(name).toLowerCase()] ?? whole;
    const code = decimal ? Number(decimal) : parseInt(String(hex), 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}
