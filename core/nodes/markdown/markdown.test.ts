import { describe, it } from 'vitest';
import type { JsonObject } from '../../data/item.ts';
import { transformed, transformedJson } from '../testing.ts';
import { node } from './index.ts';

const toMarkdown = async (html: string, options: JsonObject = {}): Promise<unknown> =>
  (await transformedJson(node, { parameters: { html, options } }))[0]?.['data'];
const toHtml = async (markdown: string, options: JsonObject = {}): Promise<unknown> =>
  (await transformedJson(node, { parameters: { mode: 'markdownToHtml', markdown, options } }))[0]?.['data'];

describe('Markdown', () => {
  it('[MRK1] writes HTML as Markdown with the marks asked for', async ({ expect }) => {
    const html = '<p><b>a</b></p><ul><li><i>b</i></li></ul><p><a href="https://e.test">l</a></p><!-- c -->';
    expect(await toMarkdown(html)).toBe('**a**\n\n* _b_\n\n[l](https://e.test)');
    expect(
      await toMarkdown(html, { bulletMarker: '-', strongDelimiter: '__', useLinkReferenceDefinitions: true }),
    ).toBe('__a__\n\n- _b_\n\n[l][1]\n\n\n[1]: https://e.test');
    expect(await toMarkdown('a <span>b</span>', { ignore: 'span' })).toBe('a ');
  });

  it('[MRK2] patterns of the author run in linear time', async ({ expect }) => {
    const values = [{ pattern: '(a+)+$', replacement: 'X' }];
    expect(await toMarkdown(`<p>${'a'.repeat(5000)}!</p>`, { textReplace: { values } })).toBe(`${'a'.repeat(5000)}!`);
    expect(await toMarkdown('<p>aa</p>', { textReplace: { values } })).toBe('X');
    await expect(toMarkdown('<p>a</p>', { textReplace: { values: [{ pattern: '(' }] } })).rejects.toMatchObject({
      code: 'bad-regex',
    });
  });

  it('[MRK3] writes Markdown as HTML, as showdown does', async ({ expect }) => {
    expect(await toHtml('# A b\n\n~~c~~ @d ...')).toBe('<h1 id="ab">A b</h1>\n<p>~~c~~ @d …</p>');
    expect(await toHtml('#A\n#A')).toBe('<h1 id="a">A</h1>\n<h1 id="a-1">A</h1>');
    const more = { strikethrough: true, noHeaderId: true, headerLevelStart: 2, ghMentions: true };
    expect(await toHtml('# A\n\n~~c~~ @d', more)).toBe(
      '<h2>A</h2>\n<p><del>c</del> <a href="https://github.com/d">@d</a></p>',
    );
    expect(await toHtml('# A b!', { ghCompatibleHeaderId: true, prefixHeaderId: 'x-' })).toContain('id="xa-b"');
    expect(await toHtml('# A {#my}', { customizedHeaderId: true })).toBe('<h1 id="my">A</h1>');
    expect(await toHtml('```js\na<b\n```')).toBe('<pre><code class="js language-js">a&lt;b\n</code></pre>');
    expect(await toHtml('- [x] done', { tasklists: true })).toContain('<input type="checkbox" disabled checked');
    expect(await toHtml('![a](u =10x*) :tada:', { parseImgDimensions: true, emoji: true })).toBe(
      '<p><img src="u" alt="a" width="10" /> 🎉</p>',
    );
    expect(await toHtml('https://e.test', { simplifiedAutoLink: true, openLinksInNewWindow: true })).toBe(
      '<p><a href="https://e.test" rel="noopener noreferrer" target="_blank">https://e.test</a></p>',
    );
    expect(await toHtml('|a|\n|-|\n|b|', { tables: true })).toContain('<td>b</td>');
    expect(await toHtml('a\nb', { simpleLineBreaks: true })).toBe('<p>a<br />\nb</p>');
  });

  it('[MRK4] refuses what would keep the executor from others', async ({ expect }) => {
    await expect(toHtml('['.repeat(1_000_001))).rejects.toMatchObject({ code: 'markdown-too-large' });
    // Each of these held showdown for many seconds.
    for (const text of [
      '['.repeat(20_000),
      '[a](<'.repeat(2_000),
      `${'\t'.repeat(1_670)}${'!['.repeat(59)}${'```'.repeat(1_688)}`,
    ]) {
      expect(await toHtml(text)).toContain('<');
    }
    await expect(toMarkdown('<div>'.repeat(600))).rejects.toMatchObject({ code: 'html-too-deep' });
    await expect(toMarkdown('<br>'.repeat(20_001))).rejects.toMatchObject({ code: 'html-too-large' });
  });

  it('[MRK5] puts the result beside the other fields, at a path if one is named', async ({ expect }) => {
    const parameters = { html: '={{ $json.h }}', destinationKey: 'a.b' };
    expect(await transformed(node, { parameters, items: [{ h: '<b>x</b>' }] })).toEqual([
      { json: { h: '<b>x</b>', a: { b: '**x**' } }, pairedItem: { item: 0 } },
    ]);
  });
});
