import fc from 'fast-check';
import { describe, it } from 'vitest';
import { sanitize } from './sanitize.ts';

describe('[PAG11] sanitised HTML', () => {
  it('keeps what is allowed', ({ expect }) => {
    for (const text of [
      '<p>a <b>b</b> <i>c</i></p>',
      '<ul><li>1</li></ul>',
      '<table><tbody><tr><td colspan="2">x</td></tr></tbody></table>',
      '<img src="https://x.test/a.png" alt="A">',
      'a &amp; b &copy; &#39;',
      'line<br>line',
    ]) {
      expect(sanitize(text)).toBe(text);
    }
    expect(sanitize('<a href="https://x.test/?a=1&amp;b=2" target="_blank">x</a>')).toBe(
      '<a href="https://x.test/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">x</a>',
    );
    expect(sanitize('<iframe src="https://v.test/1" onload="x" srcdoc="<b>"></iframe>')).toBe(
      '<iframe src="https://v.test/1" sandbox="allow-scripts allow-popups allow-presentation" referrerpolicy="no-referrer" title="Embedded page"></iframe>',
    );
  });

  it('drops what runs, posts or covers', ({ expect }) => {
    for (const [text, out] of [
      ['<script>alert(1)</script>ok', 'ok'],
      ['<ScRiPt src=//x>alert(1)</sCrIpT >ok', 'ok'],
      ['<img src=x onerror=alert(1)>', '<img alt="">'],
      ['<img src="javascript:alert(1)">', '<img alt="">'],
      ['<a href=" jav&#x61;script:alert(1)">x</a>', '<a rel="noopener noreferrer">x</a>'],
      ['<a href="data:text/html,x">x</a>', '<a rel="noopener noreferrer">x</a>'],
      [
        '<iframe src="/v1/runs"></iframe>',
        '<iframe sandbox="allow-scripts allow-popups allow-presentation" referrerpolicy="no-referrer" title="Embedded page"></iframe>',
      ],
      ['<svg><a xlink:href="javascript:x"><script>1</script></a></svg>ok', 'ok'],
      ['<math><mi//xlink:href="data:x,<script>alert(4)</script>">', ''],
      ['<style>*{display:none}</style>ok', 'ok'],
      ['<form action="/x"><input name=a><button>b</button></form>', 'b'],
      ['<b style="position:fixed" class="x" id="y">z</b>', '<b>z</b>'],
      ['<!-- <b> --><b>x', '<b>x</b>'],
      ['<!--', ''],
      ['<noscript><p title="</noscript><img src=x onerror=alert(1)>">', '<img alt="">&quot;&gt;'],
      ['a < b > c', 'a &lt; b &gt; c'],
      ['</p></div>x', 'x'],
      ['<b><i>x</b>y</i>', '<b><i>x</i></b>y'],
      ['<p <script>alert(1)</script>>x', '<p>alert(1)&gt;x</p>'],
    ] as const) {
      expect(sanitize(text), text).toBe(out);
    }
  });

  it('is made of allowed parts only, whatever came in, and is the same the second time', ({ expect }) => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '=',
      '/',
      ' ',
      '&',
      'script',
      'b',
      'a',
      'img',
      'href',
      'src',
      'onload',
      'javascript:',
      'https://x',
      '<!--',
      '-->',
      'svg',
      'x',
      '\n',
      '`',
      '\u0000',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        const out = sanitize(parts.join(''));
        for (const tag of out.match(/<[^>]*>/g) ?? []) {
          expect(tag).toMatch(
            /^<\/(?:b|a)>$|^<(?:b|img|a)(?: (?:href|src|rel|alt)="(?:https:\/\/[^"<>]*|noopener noreferrer|)")*>$/,
          );
        }
        expect(sanitize(out)).toBe(out);
      }),
      { numRuns: 3_000 },
    );
  });

  it('takes time in proportion to its input', ({ expect }) => {
    const startMs = performance.now();
    for (const text of [
      '<'.repeat(100_000),
      '<a '.repeat(50_000),
      '<b "'.repeat(50_000),
      '<b a='.repeat(50_000),
      '<b>'.repeat(100_000),
      '<script>'.repeat(20_000),
      '<b "'.repeat(50_000) + '>',
      '<b ">'.repeat(40_000),
    ]) {
      sanitize(text);
    }
    expect(performance.now() - startMs).toBeLessThan(5_000);
  });
});
