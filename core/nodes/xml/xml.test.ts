import { describe, it } from 'vitest';
import type { Json, JsonObject } from '../../data/item.ts';
import { transformedJson } from '../testing.ts';
import { node } from './index.ts';

const read = async (xml: Json, options: JsonObject = {}): Promise<Json | undefined> =>
  (await transformedJson(node, { parameters: { options }, items: [{ data: xml }] }))[0];
const write = async (json: JsonObject, options: JsonObject = {}): Promise<Json | undefined> =>
  (await transformedJson(node, { parameters: { mode: 'jsonToxml', options }, items: [json] }))[0]?.['data'];

const DOCUMENT = '<r A="1"><b>x</b><b c="2"> y  z </b><e/></r>';

describe('XML', () => {
  it('[XML1] reads elements, attributes and text as the options say', async ({ expect }) => {
    const cases: [JsonObject, Json][] = [
      [{}, { r: { A: '1', b: ['x', { c: '2', _: ' y  z ' }], e: '' } }],
      [{ mergeAttrs: false }, { r: { $: { A: '1' }, b: ['x', { $: { c: '2' }, _: ' y  z ' }], e: '' } }],
      [
        { mergeAttrs: false, attrkey: '@', charkey: '#' },
        { r: { '@': { A: '1' }, b: ['x', { '@': { c: '2' }, '#': ' y  z ' }], e: '' } },
      ],
      [{ explicitArray: true }, { r: { A: ['1'], b: ['x', { c: ['2'], _: ' y  z ' }], e: [''] } }],
      [
        { explicitRoot: false, ignoreAttrs: true },
        { b: ['x', ' y  z '], e: '' },
      ],
      [{ trim: true, ignoreAttrs: true }, { r: { b: ['x', 'y  z'], e: '' } }],
      [{ normalize: true, ignoreAttrs: true }, { r: { b: ['x', 'y z'], e: '' } }],
    ];
    const got = await Promise.all(cases.map(([options]) => read(DOCUMENT, options)));
    expect(got).toEqual(cases.map(([, made]) => made));
    expect(await read('<R><B>1</B></R>', { normalizeTags: true })).toEqual({ r: { b: '1' } });
    expect(await read('<r><![CDATA[<b>]]></r>')).toEqual({ r: '<b>' });
    expect(await read('<r>text</r>', { explicitRoot: false })).toEqual({ data: 'text' });
    expect(await read('\uFEFF<?xml version="1.0"?><r>a &amp; &#x42;</r>')).toEqual({ r: 'a & B' });
  });

  it('[XML2] refuses documents that declare entities, and does not fetch a DTD', async ({ expect }) => {
    const bomb = `<!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "${'&a;'.repeat(50)}">]><r>&b;</r>`;
    await expect(read(bomb)).rejects.toMatchObject({ code: 'xml-entities' });
    await expect(read('<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]><r>&f;</r>')).rejects.toMatchObject({
      code: 'xml-entities',
    });
    await expect(read('<r>&unknown;</r>')).rejects.toMatchObject({ code: 'bad-xml' });
    expect(await read('<r>&eacute;</r>')).toEqual({ r: 'é' });
    expect(await read('<!DOCTYPE r SYSTEM "http://127.0.0.1/x.dtd"><r>1</r>')).toEqual({ r: '1' });
  });

  it('[XML3] takes hostile names as plain keys and refuses towers of elements', async ({ expect }) => {
    const made = await read('<r constructor="1"><__proto__>q</__proto__><toString>t</toString></r>');
    expect(JSON.stringify(made)).toBe('{"r":{"constructor":"1","__proto__":"q","toString":"t"}}');
    await expect(read(`${'<a>'.repeat(501)}${'</a>'.repeat(501)}`)).rejects.toMatchObject({ code: 'xml-too-deep' });
  });

  it('[XML4] says what is wrong, and goes on with the other items when told to', async ({ expect }) => {
    await expect(read('<r><b></r>')).rejects.toThrow(/This is not XML: Unexpected close tag/);
    await expect(read(5)).rejects.toMatchObject({ code: 'no-xml' });
    await expect(transformedJson(node, { items: [{ other: 1 }] })).rejects.toThrow(
      'Item has no JSON property called "data"',
    );
    const items = [{ data: '<a>1</a>' }, { data: '<a>' }, {}];
    const made = await transformedJson(node, { continueOnFail: true, items });
    expect(made).toEqual([
      { a: '1' },
      { error: expect.stringContaining('Unclosed root tag') },
      { error: 'Item has no JSON property called "data"' },
    ]);
  });

  it('[XML5] writes fields as elements', async ({ expect }) => {
    const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
    expect(await write({ a: { b: [1, '<'] } })).toBe(`${head}<a>\n  <b>1</b>\n  <b>&lt;</b>\n</a>`);
    expect(await write({ a: 1, b: null }, { headless: true, rootName: 'top' })).toBe(
      '<top>\n  <a>1</a>\n  <b/>\n</top>',
    );
    expect(await write({ a: { $: { id: '7' }, _: 'x' } }, { headless: true })).toBe('<a id="7">x</a>');
    expect(await write({ a: '<' }, { headless: true, cdata: true })).toBe('<a><![CDATA[<]]></a>');
    await expect(write({ '1 bad': 1 })).rejects.toMatchObject({ code: 'bad-xml' });
  });
});
