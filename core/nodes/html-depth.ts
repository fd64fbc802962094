import { NodeError } from '../node/kit.ts';

/** Converters of HTML recurse, and some take time that grows with the square or cube of the depth. */
const MAX_DEPTH = 500;
/** Beyond this a page is data, and reading it would take the executor from others. */
const MAX_HTML_CHARACTERS = 10_000_000;

/** Elements that end by themselves, or whose end tag people leave out. */
const UNCOUNTED = new Set(
  'area base br col embed hr img input link meta source track wbr p li dt dd td th tr tbody thead tfoot option'.split(
    ' ',
  ),
);

const TAG = /<(\/?)([a-zA-Z][^\s/>]*)/g;

/** Text with its comments taken out; one that never ends takes the rest, as in browsers. */
export function withoutComments(html: string): string {
  let out = '';
  let at = 0;
  for (;;) {
    const open = html.indexOf('<!--', at);
    if (open < 0) return out + html.slice(at);
    out += html.slice(at, open);
    const close = html.indexOf('-->', open + 4);
    if (close < 0) return out;
    at = close + 3;
  }
}

/** @throws NodeError `html-too-large`, `html-too-deep`. `maxTags` is for readers that take time by its square. */
export function checkHtml(html: string, maxTags = Infinity): void {
  if (html.length > MAX_HTML_CHARACTERS) {
    throw new NodeError('html-too-large', `The HTML has more than ${MAX_HTML_CHARACTERS / 1e6} million characters.`);
  }
  let depth = 0;
  let tags = 0;
  for (const [, slash, name = ''] of html.matchAll(TAG)) {
    if (++tags > maxTags) {
      throw new NodeError('html-too-large', `The HTML has more than ${maxTags} tags.`, {
        description: 'Take the part you need out of it first, with the HTML node.',
      });
    }
    if (UNCOUNTED.has(name.toLowerCase())) continue;
    if (slash) depth = Math.max(0, depth - 1);
    else if (++depth > MAX_DEPTH) {
      throw new NodeError('html-too-deep', `The HTML has more than ${MAX_DEPTH} elements in each other.`);
    }
  }
}
