import { load } from 'cheerio';

/** Elements that end a line. */
const BLOCK = /^\/?(?:h\d?|br|p|ul|ol|li|blockquote|section|table|tr|div)\b/i;

/** Text without its tags, lines kept apart, entities read. One pass: text may be all "<". */
export function snippetOf(html: string): string {
  let out = '';
  let at = 0;
  for (;;) {
    const open = html.indexOf('<', at);
    const close = open < 0 ? -1 : html.indexOf('>', open);
    if (close < 0) break;
    out += html.slice(at, open);
    if (BLOCK.test(html.slice(open + 1, open + 16)) && !out.endsWith('\n')) out += '\n';
    at = close + 1;
  }
  const text = (out + html.slice(at)).trim();
  return text.includes('&') ? load(text.replaceAll('<', '&lt;'), null, false).root().text() : text;
}
