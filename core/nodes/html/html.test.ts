import { describe, it } from 'vitest';
import type { Json, JsonObject } from '../../data/item.ts';
import { node as oldNode } from '../html-extract/index.ts';
import { MemoryFiles, jsonOf, transformed, transformedJson } from '../testing.ts';
import { node } from './index.ts';

const PAGE = '<h1>Title</h1><p class="a" id="x">One <b>two</b></p><p>Three</p><input value="v"><a href="/y">Y</a>';

const extract = async (values: JsonObject[], more: JsonObject = {}, version = 1.2): Promise<JsonObject | undefined> => {
  const parameters = { operation: 'extractHtmlContent', extractionValues: { values }, ...more };
  return (await transformedJson(node, { parameters, version, items: [{ data: PAGE }] }))[0];
};

describe('HTML', () => {
  it('[HTM1] takes texts, markup, attributes and values', async ({ expect }) => {
    const made = await extract([
      { key: 'text', cssSelector: 'p' },
      { key: 'all', cssSelector: 'p', returnArray: true },
      { key: 'html', cssSelector: 'p', returnValue: 'html' },
      { key: 'id', cssSelector: 'p', returnValue: 'attribute', attribute: 'id' },
      { key: 'attributes', cssSelector: 'p', returnValue: 'attribute' },
      { key: 'value', cssSelector: 'input', returnValue: 'value' },
      { key: 'link', cssSelector: 'body', skipSelectors: 'p, h1' },
      { key: 'none', cssSelector: 'table' },
      { key: 'nones', cssSelector: 'table', returnArray: true },
    ]);
    expect(made).toEqual({
      text: 'One two',
      all: ['One two', 'Three'],
      html: 'One <b>two</b>',
      id: 'x',
      attributes: { class: 'a', id: 'x' },
      value: 'v',
      link: 'Y [/y]',
      nones: [],
    });
  });

  it('[HTM2] older versions give the bare text of every match', async ({ expect }) => {
    const values = [{ key: 'text', cssSelector: 'p, h1' }];
    expect(await extract(values, {}, 1)).toEqual({ text: 'TitleOne twoThree' });
    const old = await transformedJson(oldNode, {
      parameters: { extractionValues: { values }, options: { trimValues: false } },
      items: [{ data: '<h1> a </h1>' }],
    });
    expect(old).toEqual([{ text: ' a ' }]);
  });

  it('[HTM3] reads files and lists of pages', async ({ expect }) => {
    const values = [{ key: 't', cssSelector: 'i' }];
    const parameters = { operation: 'extractHtmlContent', extractionValues: { values } };
    const files = new MemoryFiles();
    const file = { json: {}, binary: { page: files.add('<i>é</i>', 'page.html', 'text/html') } };
    const source = { ...parameters, sourceData: 'binary', dataPropertyName: 'page' };
    const fromFile = await transformed(node, { parameters: source, inputs: [[file]] }, files);
    expect(fromFile).toEqual([{ json: { t: 'é' }, pairedItem: { item: 0 } }]);
    const items = [{ a: { b: ['<i>1</i>', '<i>2</i>'] } }];
    expect(await transformedJson(node, { parameters: { ...parameters, dataPropertyName: 'a.b' }, items })).toEqual([
      { t: '1' },
      { t: '2' },
    ]);
  });

  it('[HTM4] says what it cannot read', async ({ expect }) => {
    await expect(extract([{ key: 'a', cssSelector: 'p[' }])).rejects.toMatchObject({ code: 'bad-selector' });
    await expect(extract([{ key: 'a', cssSelector: 'p' }], { dataPropertyName: 'no' })).rejects.toThrow(
      'No property named "no" exists!',
    );
    const deep = { operation: 'extractHtmlContent', extractionValues: { values: [{ key: 'a', cssSelector: 'div' }] } };
    const items: Json[] = [{ data: '<div>'.repeat(501) }, { data: 7 }, { data: '<div>ok' }];
    expect(await transformedJson(node, { parameters: deep, items, continueOnFail: true })).toEqual([
      { error: 'The HTML has more than 500 elements in each other.' },
      { error: 'Expected HTML as text, but got number.' },
      { a: 'ok' },
    ]);
  });

  it('[HTM5] fills a page, marked as an expression or not', ({ expect }) => {
    const items = [{ name: 'Ada', list: [1] }];
    const page = (html: string): JsonObject[] | undefined => jsonOf(node, { parameters: { html }, items })[0];
    expect(page('<b>{{ $json.name }}</b>{{ $json.no }}')).toEqual([{ html: '<b>Ada</b>' }]);
    expect(page('=<b>{{ $json.list }}</b>')).toEqual([{ html: '<b>1</b>' }]);
    expect(page('{{ $json.no }}')).toEqual([{ html: '' }]);
  });

  it('[HTM6] shows items as a table whose cells are text', ({ expect }) => {
    const table = (options: JsonObject): Json | undefined =>
      jsonOf(node, {
        parameters: { operation: 'convertToHtmlTable', options },
        items: [{ first_name: '<script>', ok: true }, { more: { a: 1 } }],
      })[0]?.[0]?.['table'];
    const plain = { customStyling: true, capitalize: true, caption: 'C&D', tableAttributes: 'class="t"' };
    expect(table(plain)).toBe(
      '<table class="t"><caption>C&#38;D</caption><thead><tr><th>First Name</th><th>Ok</th><th>More</th></tr></thead>' +
        '<tbody><tr><td>&#60;script&#62;</td><td><input type="checkbox" checked disabled></td><td>&nbsp;</td></tr>' +
        '<tr><td>&nbsp;</td><td>&nbsp;</td><td>{&#34;a&#34;:1}</td></tr></tbody></table>',
    );
    expect(table({})).toContain('border-collapse');
    expect(() => table({ rowAttributes: 'x><script>' })).toThrow(/are not attributes/);
  });
});
