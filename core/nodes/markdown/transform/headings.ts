import type { MarkdownIt as Parser } from 'markdown-it';

interface Headings {
  hasIds: boolean;
  /** plain: letters and digits only. github: blanks become dashes. raw: as written, blanks become dashes. */
  style: 'plain' | 'github' | 'raw';
  prefix: string;
  isPrefixRaw: boolean;
  /** `{name}` at the end of a heading is its id. */
  custom: boolean;
  firstLevel: number;
  /** Headers of columns have ids too. */
  columnIds: boolean;
}

const CUSTOM_ID = /\s*\{#?([^{}]{1,100})\}\s*$/;

function idOf(title: string, { style, prefix, isPrefixRaw }: Headings): string {
  const start = isPrefixRaw ? prefix : prefix.replace(/\W/g, '');
  const text = (isPrefixRaw ? '' : start) + title;
  const id =
    style === 'plain'
      ? text.replace(/\W/g, '').toLowerCase()
      : style === 'github'
        ? text
            .replaceAll(' ', '-')
            .replace(/[&+$,/:;=?@"#{}|^¨~[\]`\\*)(%.!'<>]/g, '')
            .toLowerCase()
        : text
            .replaceAll(' ', '-')
            .replace(/["'<>&]/g, '')
            .toLowerCase();
  return isPrefixRaw ? start + id : id;
}

export function addHeadings(parser: Parser, how: Headings): void {
  parser.core.ruler.push('headings', ({ tokens }) => {
    const used = new Map<string, number>();
    tokens.forEach((token, index) => {
      const inline = tokens[index + 1];
      if (token.type === 'th_open' && how.columnIds && inline) {
        token.attrSet('id', inline.content.replaceAll(' ', '_').toLowerCase());
      }
      const isOpen = token.type === 'heading_open';
      if (!isOpen && token.type !== 'heading_close') return;
      token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + how.firstLevel - 1)}`;
      if (!isOpen || !inline || !how.hasIds) return;
      let title = (inline.children ?? []).map(({ content }) => content).join('');
      const last = inline.children?.at(-1);
      const custom = how.custom && last ? CUSTOM_ID.exec(last.content) : null;
      if (custom && last) {
        last.content = last.content.slice(0, custom.index);
        title = custom[1] ?? title;
      }
      const id = idOf(title, how);
      const count = used.get(id) ?? 0;
      used.set(id, count + 1);
      token.attrSet('id', count === 0 ? id : `${id}-${count}`);
    });
  });
}
