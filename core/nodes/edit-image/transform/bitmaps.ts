import type { Pixels } from './pixels.ts';

const BMP_HEADER_BYTES = 54;
const INCH_IN_CENTI = 72;

/** 24 bits a pixel, rows from below, each filled up to four bytes. */
export function writeBmp({ width, height, data }: Pixels): Uint8Array<ArrayBuffer> {
  const rowBytes = Math.ceil((width * 3) / 4) * 4;
  const made = new Uint8Array(BMP_HEADER_BYTES + rowBytes * height);
  const view = new DataView(made.buffer);
  made.set([0x42, 0x4d]);
  view.setUint32(2, made.length, true);
  view.setUint32(10, BMP_HEADER_BYTES, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  view.setInt32(22, height, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  view.setUint32(34, rowBytes * height, true);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = ((height - 1 - y) * width + x) * 4;
      const to = BMP_HEADER_BYTES + y * rowBytes + x * 3;
      made[to] = data[from + 2] as number;
      made[to + 1] = data[from + 1] as number;
      made[to + 2] = data[from] as number;
    }
  }
  return made;
}

/** One uncompressed strip of red, green, blue and alpha. */
export function writeTiff({ width, height, data }: Pixels): Uint8Array<ArrayBuffer> {
  const entries: [tag: number, type: 3 | 4 | 5, count: number, value: number][] = [];
  const directory = 8;
  const COUNT = 14;
  const bits = directory + 2 + COUNT * 12 + 4;
  const resolution = bits + 8;
  const pixels = resolution + 8;
  entries.push([256, 4, 1, width], [257, 4, 1, height], [258, 3, 4, bits], [259, 3, 1, 1], [262, 3, 1, 2]);
  entries.push([273, 4, 1, pixels], [277, 3, 1, 4], [278, 4, 1, height], [279, 4, 1, data.length]);
  entries.push([282, 5, 1, resolution], [283, 5, 1, resolution], [284, 3, 1, 1], [296, 3, 1, 2], [338, 3, 1, 2]);
  const made = new Uint8Array(pixels + data.length);
  const view = new DataView(made.buffer);
  made.set([0x49, 0x49, 42, 0]);
  view.setUint32(4, directory, true);
  view.setUint16(directory, COUNT, true);
  entries.forEach(([tag, type, count, value], index) => {
    const at = directory + 2 + index * 12;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    view.setUint32(at + 4, count, true);
    if (type === 3 && count === 1) view.setUint16(at + 8, value, true);
    else view.setUint32(at + 8, value, true);
  });
  for (let part = 0; part < 4; part++) view.setUint16(bits + part * 2, 8, true);
  view.setUint32(resolution, INCH_IN_CENTI, true);
  view.setUint32(resolution + 4, 1, true);
  made.set(data, pixels);
  return made;
}
