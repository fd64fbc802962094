import fc from 'fast-check';
import { describe, it } from 'vitest';
import { hostileTexts } from '../../test/harness/hostile-texts.ts';
import { markup } from './html.ts';
import { markdown } from './markdown.ts';

const html = (text: string): string => markup`${markdown(text)}`.text;

describe('[CHT8] an answer in Markdown', () => {
  it('is drawn', ({ expect }) => {
    expect(html('plain\nlines')).toBe('plain\nlines');
    expect(html('a **b** *c* `d*e*`')).toBe('a <strong>b</strong> <em>c</em> <code>d*e*</code>');
    expect(html('# T\n\none\n\n- a\n- b\n  c\n\n1. x\n2. y\n> q')).toBe(
      '<p><strong>T</strong></p><p>one</p><ul><li>a</li><li>b\nc</li></ul><ol><li>x</li><li>y</li></ol><blockquote>q</blockquote>',
    );
    expect(html('```js\nlet a = "<b>";\n# no\n```\nend')).toBe(
      '<pre tabindex="0"><code>let a = &quot;&lt;b&gt;&quot;;\n# no</code></pre><p>end</p>',
    );
    expect(html('see [it](https://x.test/?a=1&b=2).')).toContain(
      '<a href="https://x.test/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer nofollow">it</a>.',
    );
    expect(html('snake_case_name 2 * 3 * 4')).toBe('snake_case_name 2 * 3 * 4');
  });

  it('holds nothing else: no HTML, no image, no address that runs', async ({ expect }) => {
    const allowed =
      /^(?:[^<>]|<\/?(?:p|strong|em|code|ul|ol|li|blockquote)>|<pre tabindex="0">|<\/pre>|<\/a>|<a href="(?:https?:\/\/|mailto:)[^"<>]*" target="_blank" rel="noopener noreferrer nofollow">)*$/;
    for (const text of [
      ...(await hostileTexts()).texts,
      '![x](https://evil.test/p.png)',
      '[x](javascript:alert(1))',
      '[x](data:text/html,1)',
    ]) {
      expect(html(text)).toMatch(allowed);
    }
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'<>"\'`*[]()#->\n :/&ah'.split('')) }), (text) =>
        allowed.test(html(text)),
      ),
    );
  });

  it('takes time in proportion to its length', ({ expect }) => {
    const startMs = performance.now();
    for (const piece of ['`', '**', '*a', '[', '[a](', 'http://', '- ', '> ', '```\n', '#']) html(piece.repeat(30_000));
    expect(performance.now() - startMs).toBeLessThan(5_000);
  });
});
