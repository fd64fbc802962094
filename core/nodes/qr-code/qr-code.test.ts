import { describe, it } from 'vitest';
import type { JsonObject } from '../../data/item.ts';
import { decode } from '../edit-image/transform/codec.ts';
import { MemoryFiles, transformed } from '../testing.ts';
import { node } from './index.ts';

const make = async (parameters: JsonObject, files = new MemoryFiles()) => {
  const [item] = await transformed(node, { parameters, items: [{ a: 1 }] }, files);
  return { item, bytes: files.bytes(item?.binary?.['data']), text: files.text(item?.binary?.['data']) };
};

describe('QR code', () => {
  it('[QRC1] draws the squares of the code, with a margin', async ({ expect }) => {
    const { item, bytes } = await make({ text: 'https://example.test', options: { scale: 2 } });
    expect(item).toMatchObject({
      json: { a: 1 },
      binary: { data: { mimeType: 'image/png', fileName: 'qr-code.png' } },
    });
    const { width, height, data } = decode(bytes);
    // Version 2 is 25 squares wide; four are left free on each side.
    expect([width, height]).toEqual([66, 66]);
    const dark = (x: number, y: number): boolean => data[((y * 2 + 1) * width + x * 2 + 1) * 4] === 0;
    // The finder patterns in three corners: dark ring, light ring, dark middle.
    for (const [x, y] of [
      [4, 4],
      [22, 4],
      [4, 22],
    ] as const) {
      expect([dark(x, y), dark(x + 1, y + 1), dark(x + 3, y + 3), dark(x - 1, y)]).toEqual([true, false, true, false]);
    }
  });

  it('[QRC2] as SVG, in colors', async ({ expect }) => {
    const { text } = await make({
      text: 'x',
      options: { format: 'svg', color: '#ff0000', backgroundColor: 'transparent', margin: 0 },
    });
    expect(text).toContain('viewBox="0 0 21 21"');
    expect(text).toContain('fill="rgba(255,0,0,1)"');
  });

  it('[QRC3] says what it cannot draw', async ({ expect }) => {
    await expect(make({ text: '' })).rejects.toMatchObject({ code: 'no-text' });
    await expect(make({ text: 'x'.repeat(5000) })).rejects.toMatchObject({ code: 'text-too-long' });
    await expect(make({ text: 'x', options: { scale: 1e6 } })).rejects.toMatchObject({ code: 'bad-option' });
    await expect(make({ text: 'x', options: { color: '"/>' } })).rejects.toMatchObject({ code: 'bad-color' });
  });
});
