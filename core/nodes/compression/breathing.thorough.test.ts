import { gzipSync } from 'fflate';
import { describe, it } from 'vitest';
import type { BinaryRef, Item, JsonObject } from '../../data/item.ts';
import type { NodeType } from '../../node/kit.ts';
import { node as convert } from '../convert-to-file/index.ts';
import { node as editImage } from '../edit-image/index.ts';
import { node as extract } from '../extract-from-file/index.ts';
import { MemoryFiles, transformed } from '../testing.ts';
import { node as compression } from './index.ts';

class CountedTurns extends MemoryFiles {
  turns = 0;

  async breathe(): Promise<void> {
    this.turns += 1;
  }

  async run(type: NodeType, parameters: JsonObject, binary?: Record<string, BinaryRef>): Promise<Item[]> {
    const item: Item = binary ? { json: {}, binary } : { json: {} };
    return transformed(type, { inputs: [[item]], parameters }, this);
  }
}

/** Hardly compressible, so that it stays within the ratio an archive may have. */
const noise = (size: number): Uint8Array<ArrayBuffer> => Uint8Array.from({ length: size }, (_, n) => (n * n * 31) >> 5);

describe('long work on files', () => {
  it('[FIL4] unpacks and packs in turns', async ({ expect }) => {
    const files = new CountedTurns();
    await files.run(compression, {}, { data: files.add(gzipSync(noise(9_000_000), { level: 1 }), 'a.gz') });
    const unpacking = files.turns;
    for (const outputFormat of ['gzip', 'zip']) {
      await files.run(compression, { operation: 'compress', outputFormat }, { data: files.add(noise(3_000_000)) });
    }
    expect([unpacking >= 1, files.turns - unpacking]).toEqual([true, 2]);
  });

  it('[FIL4] works on images in turns', async ({ expect }) => {
    const files = new CountedTurns();
    const create = { operation: 'create', width: 1_200, height: 900, backgroundColor: '#fff' };
    const turnsOf = async (step: JsonObject, options: JsonObject = { format: 'bmp' }): Promise<number> => {
      const before = files.turns;
      await files.run(editImage, { operation: 'multiStep', operations: { operations: [create, step] }, options });
      return files.turns - before;
    };
    const plain = await turnsOf({ operation: 'border', borderWidth: 0, borderHeight: 0 });
    expect(await turnsOf({ operation: 'rotate', rotate: 30 })).toBeGreaterThan(plain + 2);
    expect(await turnsOf({ operation: 'blur', blur: 5, sigma: 3 })).toBeGreaterThan(plain);
    expect(await turnsOf({ operation: 'border', borderWidth: 0, borderHeight: 0 }, { format: 'gif' })).toBeGreaterThan(
      plain,
    );
  });

  it('[FIL4] reads rows, and item after item, in turns', async ({ expect }) => {
    const files = new CountedTurns();
    const items = Array.from({ length: 3_500 }, (_, n) => ({ n }));
    const [book] = await transformed(convert, { items, parameters: { operation: 'xlsx' } }, files);
    const read = await transformed(
      extract,
      { inputs: [[book as Item, book as Item]], parameters: { operation: 'xlsx' } },
      files,
    );
    expect([read.length, files.turns]).toEqual([7_000, 7]);
  });
});
