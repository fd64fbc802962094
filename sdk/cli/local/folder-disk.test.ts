import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { StoredFile } from '../../../core/files/disk.ts';
import { folderDisk } from './folder-disk.ts';

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'millrace-disk-'));
  mkdirSync(join(root, 'files'));
  writeFileSync(join(root, 'secret.txt'), 'secret');
  symlinkSync(root, join(root, 'files/out'));
  symlinkSync(join(root, 'secret.txt'), join(root, 'files/link.txt'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const all = async (files: AsyncIterable<StoredFile>): Promise<StoredFile[]> => {
  const listed: StoredFile[] = [];
  for await (const file of files) listed.push(file);
  return listed;
};
const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

describe('files of a local run', () => {
  it('[CLI20] are kept in one folder', async ({ expect }) => {
    const disk = folderDisk(join(root, 'files'));
    expect(await disk.write('a/b.txt', bytes('one'), { mimeType: 'text/plain' })).toBe(true);
    expect(readFileSync(join(root, 'files/a/b.txt'), 'utf8')).toBe('one');
    const read = await disk.read('a/b.txt');
    expect(new TextDecoder().decode(read?.bytes)).toBe('one');
    expect(await disk.write('a/b.txt', bytes('two'), { mimeType: '', ifEtag: 'other' })).toBe(false);
    expect(await disk.write('a/b.txt', bytes('two'), { mimeType: '', ifEtag: read?.etag ?? null })).toBe(true);
    const listed = await all(disk.list('a/'));
    expect(listed).toMatchObject([{ path: 'a/b.txt', sizeBytes: 3 }]);
    expect([await disk.remove('a/b.txt'), await disk.remove('a/b.txt'), await disk.read('a')]).toEqual([
      true,
      false,
      undefined,
    ]);
  });

  it('[CLI20] no link leads out of it', async ({ expect }) => {
    const disk = folderDisk(join(root, 'files'));
    expect(await disk.read('link.txt')).toBeUndefined();
    expect(await disk.read('out/secret.txt')).toBeUndefined();
    await expect(disk.write('out/new.txt', bytes('x'), { mimeType: '' })).rejects.toThrow('leads through a link');
    expect([existsSync(join(root, 'new.txt')), await disk.remove('out/secret.txt')]).toEqual([false, false]);
    const paths = (await all(disk.list(''))).map(({ path }) => path);
    expect(paths.filter((path) => path.includes('secret') || path.startsWith('link'))).toEqual([]);
  });

  it('[CLI20] a folder that is not there holds nothing', async ({ expect }) => {
    const disk = folderDisk(join(root, 'none'));
    expect([await all(disk.list('')), await disk.read('x')]).toEqual([[], undefined]);
  });
});
