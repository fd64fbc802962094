import { gzipSync, strToU8, zipSync } from 'fflate';
import { describe, it } from 'vitest';
import type { BinaryRef, Item, JsonObject } from '../../data/item.ts';
import { MAX_ARCHIVE_FILES, MAX_FILE_BYTES } from '../../node/file-limits.ts';
import { node as convert } from '../convert-to-file/index.ts';
import { node as extract } from '../extract-from-file/index.ts';
import { MemoryFiles, transformed } from '../testing.ts';
import { node } from './index.ts';

const item = (binary: Record<string, BinaryRef>): Item => ({ json: { id: 1 }, binary });
const run = (
  files: MemoryFiles,
  binary: Record<string, BinaryRef>,
  parameters: JsonObject,
  more = {},
): Promise<Item[]> => transformed(node, { inputs: [[item(binary)]], parameters, ...more }, files);

describe('compression', () => {
  it.for(['zip', 'tar', 'tar.gz'])(
    '[ZIP1] [ZIP2] packs several files into %s and unpacks them',
    async (outputFormat, { expect }) => {
      const files = new MemoryFiles();
      const binary = { a: files.add('alpha', 'a.txt'), b: files.add('béta', 'b.csv'), c: files.add('again', 'a.txt') };
      const packed = await run(files, binary, { operation: 'compress', binaryPropertyName: 'a, b,c', outputFormat });
      expect(packed).toMatchObject([{ json: { id: 1 }, binary: { data: { fileName: `data.${outputFormat}` } } }]);
      expect(Object.keys(packed[0]?.binary ?? {})).toEqual(['data']);
      const [made] = await run(files, packed[0]?.binary ?? {}, { outputPrefix: 'x' });
      const names = Object.entries(made?.binary ?? {}).map(([field, file]) => [field, file.fileName, file.mimeType]);
      expect(names).toEqual([
        ['x0', 'a.txt', 'text/plain'],
        ['x1', 'b.csv', 'text/csv'],
        ['x2', 'a_1.txt', 'text/plain'],
      ]);
      expect(Object.values(made?.binary ?? {}).map((file) => files.text(file))).toEqual(['alpha', 'béta', 'again']);
    },
  );

  it('[ZIP1] the same files at the same time make the same bytes', async ({ expect }) => {
    const files = new MemoryFiles();
    const parameters = { operation: 'compress', outputFormat: 'zip' };
    const [one] = await run(files, { data: files.add('alpha') }, parameters);
    const [two] = await run(files, { data: files.add('alpha') }, parameters);
    expect(files.bytes(one?.binary?.['data'])).toEqual(files.bytes(two?.binary?.['data']));
  });

  it('[ZIP1] gzips one file, or each of several', async ({ expect }) => {
    const files = new MemoryFiles();
    const binary = { a: files.add('alpha', 'a.txt'), b: files.add('beta', 'b.txt') };
    const parameters = { operation: 'compress', outputFormat: 'gzip', binaryPropertyName: 'a,b' };
    const [made] = await run(files, binary, parameters);
    expect(made?.binary).toMatchObject({ data: { fileName: 'a.txt.gz' }, data_1: { fileName: 'b.txt.gz' } });
    const [old] = await run(files, binary, parameters, { version: 1 });
    expect(Object.keys(old?.binary ?? {})).toEqual(['data0', 'data1']);
    const [back] = await run(files, made?.binary ?? {}, { binaryPropertyName: 'data,data_1' });
    expect(back?.binary).toMatchObject({ file_0: { fileName: 'a.txt' }, file_1: { fileName: 'b.txt' } });
    expect(files.text(back?.binary?.['file_1'])).toBe('beta');
  });

  it('[ZIP3] names stay inside', async ({ expect }) => {
    const files = new MemoryFiles();
    const names = ['../../etc/passwd', '/root/x', 'C:\\win\\y', 'ok/./z', 'oo'];
    const evil = zipSync(Object.fromEntries(names.map((name) => [name, strToU8('x')])));
    const [made] = await run(files, { data: files.add(evil, 'evil.zip') }, {});
    const unpacked = Object.values(made?.binary ?? {}).map(({ fileName }) => fileName);
    expect(unpacked.toSorted()).toEqual(['etc/passwd', 'ok/z', 'oo', 'root/x', 'win/y']);
    const packed = await run(files, { data: files.add('x', '__proto__') }, { operation: 'compress' });
    const [back] = await run(files, packed[0]?.binary ?? {}, {});
    expect(back?.binary).toMatchObject({ file_0: { fileName: '__proto__' } });
  });

  it('[ZIP4] a bomb ends early', async ({ expect }) => {
    const files = new MemoryFiles();
    const zeros = new Uint8Array(16 * 1024 * 1024);
    const bombs = [gzipSync(zeros), zipSync({ zeros })];
    for (const bomb of bombs) {
      await expect(run(files, { data: files.add(bomb, 'bomb') }, {})).rejects.toMatchObject({
        code: 'unpacks-too-large',
        itemIndex: 0,
      });
    }
    const many = Object.fromEntries(
      Array.from({ length: MAX_ARCHIVE_FILES + 1 }, (_, n) => [`f${n}`, new Uint8Array()]),
    );
    const full = files.add(zipSync(many, { level: 0 }), 'many.zip');
    await expect(run(files, { data: full }, {})).rejects.toMatchObject({ code: 'too-many-files' });
  });

  it('[ZIP5] what cannot be read is refused by name', async ({ expect }) => {
    const files = new MemoryFiles();
    const good = zipSync({ 'a.txt': [strToU8('alpha '.repeat(100)), { level: 6 }] });
    const encrypted = good.slice();
    const directory = good.length - 22 - 46 - 5;
    encrypted[directory + 8] = 1;
    const broken = good.slice();
    broken.fill(0xff, 36, 42);
    const cases: [Uint8Array<ArrayBuffer>, string][] = [
      [encrypted, 'encrypted-archive'],
      [broken, 'bad-archive'],
      [good.slice(0, 20), 'bad-archive'],
      [gzipSync(strToU8('alpha'.repeat(50))).slice(0, -12), 'bad-archive'],
      [strToU8('just text'), 'unknown-archive'],
      [new Uint8Array(), 'unknown-archive'],
    ];
    for (const [bytes, code] of cases) {
      await expect(run(files, { data: files.add(bytes, 'x.rar') }, {})).rejects.toMatchObject({ code });
    }
    await expect(
      run(files, { data: files.add('a') }, { operation: 'compress', outputFormat: 'rar' }),
    ).rejects.toMatchObject({ code: 'unknown-mode' });
  });

  it('[FIL1] a file too large is refused unread', async ({ expect }) => {
    const huge: BinaryRef = { id: 'nowhere', mimeType: 'application/zip', sizeBytes: MAX_FILE_BYTES + 1 };
    await expect(run(new MemoryFiles(), { data: huge }, {})).rejects.toMatchObject({ code: 'file-too-large' });
  });

  it('[FIL3] what cannot travel fails by name', async ({ expect }) => {
    const files = new MemoryFiles();
    const csv = `a\n${`${'x'.repeat(1_000)}\n`.repeat(17_000)}`;
    const inputs = [[item({ data: files.add(csv) })]];
    await expect(transformed(extract, { inputs }, files)).rejects.toMatchObject({
      code: 'output-too-large',
      itemIndex: 0,
    });
    const items = [{ text: 'x'.repeat(16 * 1024 * 1024) }];
    await expect(transformed(convert, { items }, files)).rejects.toMatchObject({ code: 'input-too-large' });
  });

  it('[FIL2] goes on without the items that fail', async ({ expect }) => {
    const files = new MemoryFiles();
    const inputs = [
      [item({}), item({ data: files.add(gzipSync(strToU8('ok')), 'ok.txt.gz') }), item({ data: files.add('x') })],
    ];
    const made = await transformed(node, { inputs, continueOnFail: true }, files);
    expect(made).toMatchObject([
      { json: { error: 'This item has no binary data named "data".' }, pairedItem: { item: 0 } },
      { json: { id: 1 }, binary: { file_0: { fileName: 'ok.txt' } } },
      { json: { error: "'file.txt' is no zip, gzip or tar file, but .txt." } },
    ]);
    await expect(transformed(node, { inputs }, files)).rejects.toMatchObject({ code: 'no-binary', itemIndex: 0 });
  });
});
