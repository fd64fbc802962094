import type { MarkdownIt as Parser } from 'markdown-it';

const TASK = /^\[([ xX])\]\s/;
const BOX = 'style="margin: 0px 0.35em 0.25em -1.6em; vertical-align: middle;"';

/** List items that begin with `[ ]` or `[x]` have a box. */
export function addTasks(parser: Parser): void {
  parser.core.ruler.after('inline', 'tasks', ({ tokens, Token }) => {
    tokens.forEach((token, index) => {
      if (token.type !== 'inline' || tokens[index - 2]?.type !== 'list_item_open') return;
      const first = token.children?.[0];
      const task = first?.type === 'text' ? TASK.exec(first.content) : null;
      if (!first || !task) return;
      first.content = ` ${first.content.slice(task[0].length)}`;
      const box = new Token('html_inline', '', 0);
      box.content = `<input type="checkbox" disabled${task[1] === ' ' ? '' : ' checked'} ${BOX}>`;
      token.children?.unshift(box);
      tokens[index - 2]?.attrSet('class', 'task-list-item');
      tokens[index - 2]?.attrSet('style', 'list-style-type: none;');
    });
  });
}
