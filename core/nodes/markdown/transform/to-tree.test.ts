import { describe, it } from 'vitest';
import { parseMarkdown, type Piece } from './to-tree.ts';

const links = (pieces: readonly Piece[] = []): (string | undefined)[] =>
  pieces.flatMap((piece) =>
    typeof piece === 'string' ? [] : [...(piece.tag === 'a' ? [piece.href] : []), ...links(piece.children)],
  );
const words = (pieces: readonly Piece[] = []): string =>
  pieces.map((piece) => (typeof piece === 'string' ? piece : words(piece.children))).join('');

describe('Markdown of a note', () => {
  it('is a tree of what it says', ({ expect }) => {
    expect(parseMarkdown('# Why\n**bold** `x`\n* one\n* two\n\n3. three')).toEqual([
      { tag: 'h1', children: ['Why'] },
      { tag: 'p', children: [{ tag: 'strong', children: ['bold'] }, ' ', { tag: 'code', children: ['x'] }] },
      { tag: 'ul', children: ['one', 'two'].map((text) => ({ tag: 'li', children: [text] })) },
      { tag: 'ol', start: 3, children: [{ tag: 'li', children: ['three'] }] },
    ]);
    expect(parseMarkdown('```js\n<b>\n```')).toEqual([{ tag: 'pre', children: ['<b>'] }]);
  });

  it('has no markup, and links that lead to the web or a mailbox only', ({ expect }) => {
    const hostile = '<script>alert(1)</script> <img src=x onerror=alert(1)>';
    expect(words(parseMarkdown(hostile))).toBe(hostile);
    const text =
      '[a](javascript:alert(1)) [b](data:text/html,x) [c](/workflows) [d](https://d.example) [e](mailto:e@e.example) [f](vbscript:x) [g](jAvAsCrIpT&colon;alert(1))';
    expect(links(parseMarkdown(text)).filter(Boolean)).toEqual(['https://d.example', 'mailto:e@e.example']);
  });

  it('fetches no picture: those from elsewhere are links, those in the text are shown', ({ expect }) => {
    const own = 'data:image/png;base64,iVBORw0KGgo=';
    expect(parseMarkdown(`![far](https://a.example/b.png#full-width) ![near](${own})`)).toEqual([
      {
        tag: 'p',
        children: [
          { tag: 'a', href: 'https://a.example/b.png#full-width', children: ['far'] },
          ' ',
          { tag: 'img', src: own, children: ['near'] },
        ],
      },
    ]);
    expect(parseMarkdown('![x](data:image/svg+xml;base64,AAAA)')?.[0]).not.toMatchObject({
      children: [{ tag: 'img' }],
    });
    expect(links(parseMarkdown('See @[youtube](ZCuL2e4zC_4)'))).toEqual([
      'https://www.youtube.com/watch?v=ZCuL2e4zC_4',
    ]);
  });

  it('does not hold the page', ({ expect }) => {
    for (const text of [
      '['.repeat(50_000),
      '<'.repeat(9_000),
      '*'.repeat(20_000),
      '> '.repeat(5_000),
      '|'.repeat(9_000),
    ]) {
      const before = performance.now();
      parseMarkdown(text);
      expect(performance.now() - before).toBeLessThan(1_000);
    }
  });
});
