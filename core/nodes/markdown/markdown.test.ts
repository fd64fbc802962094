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

  it('[MRK3] writes Markdown as HTML', async ({ expect }) => {
    expect(await toHtml('# A b\n\n~~c~~ @d')).toBe('<h1 id="ab">A b</h1>\n<p>~~c~~ @d</p>');
    expect(await toHtml('# A\n\n~~c~~', { strikethrough: true, noHeaderId: true, headerLevelStart: 2 })).toBe(
      '<h2>A</h2>\n<p><del>c</del></p>',
    );
  });

  it('[MRK4] refuses what would keep the executor from others', async ({ expect }) => {
    await expect(toHtml('['.repeat(30_000))).rejects.toMatchObject({ code: 'markdown-too-large' });
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
