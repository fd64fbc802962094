import { describe, it } from 'vitest';
import type { BinaryRef, Item, JsonObject } from '../../data/item.ts';
import { MemoryFiles, transformed } from '../testing.ts';
import { node } from './index.ts';
import { decode, encode } from './transform/codec.ts';
import { colorOf } from './transform/color.ts';
import { wrapped } from './transform/text.ts';
import { writeGif } from './transform/gif.ts';
import { type Pixels, blank } from './transform/pixels.ts';
import { sizeOf } from './transform/resize.ts';

/** Red left, blue right, with a green pixel in the corner. */
function sample(width = 40, height = 20): Pixels {
  const image = blank(width, height, [255, 0, 0, 255]);
  const half = blank(width / 2, 1, [0, 0, 255, 255]).data;
  for (let y = 0; y < height; y++) image.data.set(half, (y * width + width / 2) * 4);
  image.data.set([0, 255, 0, 255], 0);
  return image;
}

const png = (pixels: Pixels): Uint8Array<ArrayBuffer> => encode(pixels, 'png', 100);

class Studio {
  readonly files = new MemoryFiles();

  async image(pixels: Pixels, fileName = 'photo.png'): Promise<BinaryRef> {
    return this.files.add(png(pixels), fileName, 'image/png');
  }

  async run(parameters: JsonObject, given?: Record<string, BinaryRef>): Promise<Item> {
    const binary = given ?? { data: await this.image(sample()) };
    const [item] = await transformed(node, { inputs: [[{ json: { id: 1 }, binary }]], parameters }, this.files);
    return item ?? { json: {} };
  }

  async pixels(parameters: JsonObject, binary?: Record<string, BinaryRef>): Promise<Pixels> {
    const item = await this.run(parameters, binary);
    return decode(this.files.bytes(item.binary?.['data']));
  }
}
const at = ({ data, width }: Pixels, x: number, y: number): number[] => [
  ...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4),
];
const RED = [255, 0, 0, 255];
const BLUE = [0, 0, 255, 255];
const WHITE = [255, 255, 255, 255];

describe('edit image', () => {
  const studio = new Studio();

  it('[IMG1] crops, rotates, borders and shears', async ({ expect }) => {
    const cropped = await studio.pixels({ operation: 'crop', positionX: 15, positionY: 5, width: 10, height: 999 });
    expect([cropped.width, cropped.height, at(cropped, 0, 0), at(cropped, 9, 0)]).toEqual([10, 15, RED, BLUE]);
    const turned = await studio.pixels({ operation: 'rotate', rotate: 90 });
    expect([turned.width, turned.height, at(turned, 19, 0), at(turned, 0, 39)]).toEqual([
      20,
      40,
      [0, 255, 0, 255],
      BLUE,
    ]);
    const back = await studio.pixels({ operation: 'rotate', rotate: -90 });
    expect([at(back, 0, 39), at(back, 0, 0)]).toEqual([[0, 255, 0, 255], BLUE]);
    const tilted = await studio.pixels({ operation: 'rotate', rotate: 45 });
    expect([tilted.width, tilted.height, at(tilted, 0, 0), at(tilted, 21, 12)]).toEqual([42, 42, WHITE, RED]);
    const framed = await studio.pixels({ borderWidth: 2, borderHeight: 3, borderColor: '#0f0' });
    expect([framed.width, framed.height, at(framed, 1, 1), at(framed, 3, 4)]).toEqual([44, 26, [0, 255, 0, 255], RED]);
    const sheared = await studio.pixels({ operation: 'shear', degreesX: 45, degreesY: 0 });
    expect([sheared.width, sheared.height, at(sheared, 59, 0)[3], at(sheared, 30, 15)]).toEqual([60, 20, 0, RED]);
  });

  it.for([
    ['ignoreAspectRatio', { width: 10, height: 10 }],
    ['maximumArea', { width: 14, height: 7 }],
    ['minimumArea', { width: 20, height: 10 }],
    ['onlyIfLarger', { width: 10, height: 5 }],
    ['onlyIfSmaller', { width: 40, height: 20 }],
    ['percent', { width: 4, height: 2 }],
  ] as const)('[IMG1] resizes by %s', async ([resizeOption, size], { expect }) => {
    expect(await studio.pixels({ operation: 'resize', width: 10, height: 10, resizeOption })).toMatchObject(size);
    expect(sizeOf({ width: 40, height: 20 }, { width: 10, height: 10, option: resizeOption })).toEqual(size);
  });

  it('[IMG1] halves a large image before it is resized', async ({ expect }) => {
    const data = await studio.image(sample(3_000, 3_000));
    const made = await studio.pixels({ operation: 'resize', width: 30, height: 30 }, { data });
    expect([made.width, at(made, 2, 10), at(made, 27, 10)]).toEqual([30, RED, BLUE]);
  });

  it('[IMG1] draws, writes, blurs and makes transparent', async ({ expect }) => {
    const shape = { startPositionX: 2, startPositionY: 2, endPositionX: 8, endPositionY: 8, color: '#ffffff' };
    const square = await studio.pixels({ operation: 'draw', ...shape });
    expect([at(square, 2, 2), at(square, 8, 8), at(square, 9, 9)]).toEqual([WHITE, WHITE, RED]);
    const round = await studio.pixels({ operation: 'draw', ...shape, cornerRadius: 3 });
    expect([at(round, 2, 2), at(round, 5, 5)]).toEqual([RED, WHITE]);
    const half = await studio.pixels({
      operation: 'draw',
      ...shape,
      color: '#ffffff80',
      primitive: 'circle',
      endPositionY: 2,
    });
    expect([at(half, 2, 2), at(half, 20, 19)]).toEqual([[255, 128, 128, 255], BLUE]);
    const lined = await studio.pixels({ operation: 'draw', ...shape, primitive: 'line' });
    expect([at(lined, 5, 5), at(lined, 5, 6)]).toEqual([WHITE, RED]);
    const text = { operation: 'text', text: 'HHH', fontColor: '#ffffff', positionX: 0, positionY: 18, fontSize: 20 };
    const written = await studio.pixels(text);
    const white = Array.from({ length: 40 * 20 }, (_, n) => at(written, n % 40, Math.floor(n / 40))).filter(
      (pixel) => pixel[1] === 255,
    );
    expect(white.length).toBeGreaterThan(40);
    const soft = await studio.pixels({ operation: 'blur', blur: 5, sigma: 3 });
    const [red = 0, , blue = 0] = at(soft, 20, 10);
    expect(red > 80 && blue > 80).toBe(true);
    const clear = await studio.pixels({ operation: 'transparent', color: '#ff0000' });
    expect([at(clear, 5, 5)[3], at(clear, 30, 5)]).toEqual([0, BLUE]);
    expect(wrapped('one two three\nfour', 7)).toEqual(['one two', 'three', 'four']);
  });

  it('[IMG1] lays images on each other', async ({ expect }) => {
    const binary = { data: await studio.image(sample()), top: await studio.image(blank(4, 4, [255, 255, 255, 128])) };
    const put = (more: JsonObject) =>
      studio.pixels({ operation: 'composite', dataPropertyNameComposite: 'top', ...more }, binary);
    const over = await put({ positionX: 10, positionY: 10 });
    expect([at(over, 11, 11), at(over, 9, 9)]).toEqual([[255, 128, 128, 255], RED]);
    expect(at(await put({ operator: 'Multiply', positionX: 30 }), 31, 1)).toEqual(BLUE);
    expect(at(await put({ operator: 'Copy', positionX: 30 }), 31, 1)).toEqual([255, 255, 255, 128]);
    expect(at(await put({ operator: 'Difference', positionX: -2 }), 1, 1)).toEqual(
      [128, 128, 128, 255].map((value, n) => (n === 0 ? 127 : value)),
    );
    await expect(put({ operator: 'Guess' })).rejects.toMatchObject({ code: 'unknown-mode' });
  });

  it('[IMG1] [IMG6] does several steps, beginning with a new image', async ({ expect }) => {
    const operations = [
      { operation: 'create', width: 30, height: 30, backgroundColor: '#0000ff' },
      { operation: 'draw', startPositionX: 0, startPositionY: 0, endPositionX: 9, endPositionY: 9, color: 'red' },
      { operation: 'resize', width: 50, height: 50, resizeOption: 'percent' },
    ];
    const other = studio.files.add('x');
    const item = await studio.run({ operation: 'multiStep', operations: { operations } }, { other });
    expect(item).toMatchObject({ json: { id: 1 }, binary: { other: {}, data: { fileName: 'image.png' } } });
    const made = decode(studio.files.bytes(item.binary?.['data']));
    expect([made.width, at(made, 1, 1), at(made, 10, 10)]).toEqual([15, RED, BLUE]);
  });

  it.for(['png', 'jpeg', 'gif', 'webp', 'bmp', 'tiff'])('[IMG2] writes and reads %s', async (format, { expect }) => {
    const item = await studio.run({
      operation: 'border',
      borderWidth: 0,
      borderHeight: 0,
      options: { format, quality: 90 },
    });
    const file = item.binary?.['data'];
    const extension = format === 'jpeg' ? 'jpg' : format;
    expect(file).toMatchObject({ fileName: `photo.${extension}`, mimeType: `image/${format}` });
    const made = decode(studio.files.bytes(file));
    expect([made.format, made.width, made.height]).toEqual([format, 40, 20]);
    const isClose = (seen: number[], wanted: number[]): boolean =>
      seen.every((part, n) => Math.abs(part - (wanted[n] ?? 0)) < 12);
    expect([isClose(at(made, 10, 10), RED), isClose(at(made, 30, 10), BLUE)]).toEqual([true, true]);
    const [again] = await transformed(
      node,
      { inputs: [[{ json: {}, binary: { data: file as BinaryRef } }]], parameters: { operation: 'information' } },
      studio.files,
    );
    expect(again?.json).toMatchObject({ format: format.toUpperCase(), size: { width: 40, height: 20 } });
  });

  it('[IMG2] a GIF of many colors reads back', async ({ expect }) => {
    const noise = blank(300, 200);
    for (let n = 0; n < noise.data.length; n++) noise.data[n] = n % 4 === 3 ? 255 : ((n * 7919) >> 3) & 255;
    const made = decode(await writeGif(noise, async () => undefined));
    const close = made.data.every((part, n) => Math.abs(part - (noise.data[n] ?? 0)) <= 26);
    expect([made.width, close]).toEqual([300, true]);
  });

  it('[IMG3] information leaves everything in place', async ({ expect }) => {
    const item = await studio.run({ operation: 'information' });
    expect(item).toMatchObject({
      json: { format: 'PNG', size: { width: 40, height: 20 } },
      binary: { data: { fileName: 'photo.png' } },
    });
  });

  it('[IMG4] is not blown up', async ({ expect }) => {
    const bomb = png(sample());
    new DataView(bomb.buffer).setUint32(16, 60_000);
    const data = studio.files.add(bomb, 'bomb.png');
    await expect(studio.run({ operation: 'rotate' }, { data })).rejects.toMatchObject({ code: 'image-too-large' });
    const huge: JsonObject[] = [
      { operation: 'resize', width: 50_000, height: 10, resizeOption: 'ignoreAspectRatio' },
      { operation: 'create', width: 10_000, height: 10_000 },
      { operation: 'border', borderWidth: 1e9 },
      { operation: 'resize', width: 1e308, resizeOption: 'percent' },
      { operation: 'crop', positionX: 100 },
    ];
    for (const parameters of huge) {
      await expect(studio.run(parameters)).rejects.toMatchObject({ code: 'image-too-large' });
    }
  });

  it('[IMG5] says what is wrong', async ({ expect }) => {
    const damaged = png(sample()).slice(0, 60);
    const cases: [JsonObject, Record<string, BinaryRef> | undefined, string][] = [
      [{ operation: 'blur' }, { data: studio.files.add('text') }, 'bad-image'],
      [{ operation: 'blur' }, { data: studio.files.add(damaged) }, 'bad-image'],
      [{ operation: 'blur' }, { data: studio.files.add(new Uint8Array(4)) }, 'bad-image'],
      [{ operation: 'border', borderColor: 'mauve-ish' }, undefined, 'bad-color'],
      [{ operation: 'crop', width: 'wide' }, undefined, 'bad-number'],
      [{ operation: 'draw', primitive: 'star' }, undefined, 'unknown-mode'],
      [{ operation: 'blur', options: { format: 'svg' } }, undefined, 'unknown-mode'],
      [{ operation: 'multiStep', operations: { operations: [{ operation: 'sing' }] } }, undefined, 'unknown-mode'],
    ];
    for (const [parameters, binary, code] of cases) {
      await expect(studio.run(parameters, binary), JSON.stringify(parameters)).rejects.toMatchObject({
        code,
        itemIndex: 0,
      });
    }
    expect(colorOf('rgba(1, 2, 3, 0.5)')).toEqual([1, 2, 3, 128]);
  });
});
