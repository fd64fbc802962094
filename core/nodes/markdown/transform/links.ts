import type { MarkdownIt as Parser } from 'markdown-it';

/** A name as GitHub allows it, at the start of a text or after a blank. */
const MENTION = /(^|\s)@([a-z\d](?:[a-z\d-]{0,37}[a-z\d])?)/gi;

export function addLinks(parser: Parser, how: { inNewWindow: boolean; mentions: string | undefined }): void {
  if (how.inNewWindow) {
    parser.renderer.rules.link_open = (tokens, index, options, _env, self) => {
      tokens[index]?.attrSet('rel', 'noopener noreferrer');
      tokens[index]?.attrSet('target', '_blank');
      return self.renderToken(tokens, index, options);
    };
  }
  const { mentions } = how;
  if (mentions === undefined) return;
  const extra = how.inNewWindow ? ' rel="noopener noreferrer" target="_blank"' : '';
  parser.renderer.rules.text = (tokens, index) => {
    const text = parser.utils.escapeHtml(tokens[index]?.content ?? '');
    return text.replace(MENTION, (_whole, before: string, user: string) => {
      const address = parser.utils.escapeHtml(mentions.replaceAll('{u}', user));
      return parser.validateLink(address) ? `${before}<a href="${address}"${extra}>@${user}</a>` : `${before}@${user}`;
    });
  };
}
