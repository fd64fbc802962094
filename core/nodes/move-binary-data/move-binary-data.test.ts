import { describe, it } from 'vitest';
import type { Item, JsonObject } from '../../data/item.ts';
import { MemoryFiles, transformed } from '../testing.ts';
import { node } from './index.ts';

describe('move binary data', () => {
  const toJson = async (content: string, parameters: JsonObject): Promise<Item[]> => {
    const files = new MemoryFiles();
    const binary = { data: files.add(content), other: files.add('o') };
    return transformed(node, { inputs: [[{ json: { id: 1 }, binary }, { json: { id: 2 } }]], parameters }, files);
  };

  it('[MBD1] [MBD3] takes a file into the item', async ({ expect }) => {
    expect(await toJson('{"a":1}', {})).toMatchObject([
      { json: { a: 1 }, binary: { other: {} }, pairedItem: { item: 0 } },
    ]);
    const [whole] = await toJson('{"a":1}', {});
    expect([whole?.json, Object.keys(whole?.binary ?? {})]).toEqual([{ a: 1 }, ['other']]);
    const field = async (content: string, options: JsonObject): Promise<unknown> =>
      (await toJson(content, { setAllData: false, destinationKey: 'x.y', options }))[0];
    expect(await field('hi', { keepSource: true })).toMatchObject({
      json: { id: 1, x: { y: 'hi' } },
      binary: { data: {}, other: {} },
    });
    expect(await field('[1]', { jsonParse: true })).toMatchObject({ json: { id: 1, x: { y: [1] } } });
    expect(await field('hi', { keepAsBase64: true })).toMatchObject({ json: { x: { y: 'aGk=' } } });
    await expect(toJson('[1]', {})).rejects.toMatchObject({ code: 'bad-json', itemIndex: 0 });
  });

  it('[MBD2] [MBD3] puts the item into a file', async ({ expect }) => {
    const files = new MemoryFiles();
    const items = [{ a: { b: 'hi', c: 1 }, z: 2 }, { z: 3 }];
    const run = (parameters: JsonObject): Promise<Item[]> =>
      transformed(node, { items, parameters: { mode: 'jsonToBinary', ...parameters } }, files);
    const whole = await run({ options: { fileName: 'x.json' } });
    expect(whole.map(({ json, binary }) => [json, files.text(binary?.['data'])])).toEqual([
      [{}, '{"a":{"b":"hi","c":1},"z":2}'],
      [{}, '{"z":3}'],
    ]);
    expect(whole[0]?.binary?.['data']).toMatchObject({ fileName: 'x.json', mimeType: 'application/json' });
    const field = { convertAllData: false, sourceKey: 'a.b', destinationKey: 'out' };
    const [quoted, ...rest] = await run(field);
    expect([rest.length, quoted?.json, files.text(quoted?.binary?.['out'])]).toEqual([
      0,
      { a: { c: 1 }, z: 2 },
      '"hi"',
    ]);
    const [raw] = await run({ ...field, options: { useRawData: true, keepSource: true } });
    expect([raw?.json, files.text(raw?.binary?.['out'])]).toEqual([items[0], 'hi']);
  });
});
