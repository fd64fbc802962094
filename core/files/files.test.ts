import { describe, it } from 'vitest';
import { MemoryFiles } from '../nodes/testing.ts';
import { type FilesCall, MAX_MATCHES, runFilesCalls } from './effect.ts';
import { globOf } from './glob.ts';
import { tenantFolder, tenantPath } from './path.ts';
import { MemoryDisk } from './testing.ts';

describe('files of a tenant', () => {
  it('[TFI1] paths stay inside', ({ expect }) => {
    const paths = ['/data/x.csv', './x.csv', 'd:\\a\\b.json', 'a//b/./c', '/', 'ü.txt'];
    expect(paths.map((path) => tenantFolder(path))).toEqual(['data/x.csv', 'x.csv', 'a/b.json', 'a/b/c', '', 'ü.txt']);
    for (const path of ['../x', 'a/../../x', 'a\\..\\..\\x', '/..', 'a\0b', 'a\nb', 'x'.repeat(801), '', './']) {
      expect(() => tenantPath(path), path).toThrow(expect.objectContaining({ code: 'bad-path' }));
    }
    expect(tenantPath('a/..b/c')).toBe('a/..b/c');
  });

  it.for([
    ['*.csv', ['a.csv'], ['a/b.csv', 'a.csvx']],
    ['a/**', ['a/b', 'a/b/c'], ['b/a']],
    ['**/*.csv', ['x.csv', 'a/x.csv', 'a/b/x.csv'], ['x.txt']],
    ['a/?.txt', ['a/b.txt'], ['a/bb.txt', 'a//.txt']],
    ['[ab]-[!c].{csv,txt}', ['a-b.csv', 'b-d.txt'], ['c-b.csv', 'a-c.csv', 'a-b.md']],
    ['a.b+(c)', ['a.b+(c)'], ['aXb+(c)']],
    ['a{b,', ['ab', 'a'], ['ac']],
  ] as const)('[TFI2] the pattern %s', ([pattern, fits, others], { expect }) => {
    const glob = globOf(pattern);
    expect([...fits, ...others].filter((path) => glob.matches(path))).toEqual(fits);
    expect(fits.every((path) => path.startsWith(glob.prefix))).toBe(true);
  });

  it('[TFI2] patterns take linear time', ({ expect }) => {
    const glob = globOf(`${'**/*a'.repeat(30)}b`);
    const start = performance.now();
    expect(glob.matches('a'.repeat(700))).toBe(false);
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  const run = (disk: MemoryDisk, calls: FilesCall[], store = new MemoryFiles(), continueOnFail = false) =>
    runFilesCalls({ calls, continueOnFail }, disk, store);

  it('[TFI3] reads what matches, in order', async ({ expect }) => {
    const disk = new MemoryDisk();
    for (const path of ['r/b.csv', 'r/a.csv', 'r/deep/c.csv', 'other.csv']) disk.put(path, path);
    const store = new MemoryFiles();
    const read = (selector: string, mustExist = false) =>
      run(disk, [{ op: 'read', itemIndex: 3, selector, mustExist }], store);
    expect(await read('/r/*.csv')).toMatchObject({
      results: [
        { ok: true, itemIndex: 3, files: [{ path: 'r/a.csv', file: { mimeType: 'text/csv' } }, { path: 'r/b.csv' }] },
      ],
    });
    expect(await read('r/nothing.csv')).toMatchObject({ results: [{ ok: true, files: [] }] });
    await expect(read('r/nothing.csv', true)).rejects.toMatchObject({ code: 'file-missing', itemIndex: 3 });
    await expect(read('../x')).rejects.toMatchObject({ code: 'bad-path' });
    for (let n = 0; n <= MAX_MATCHES; n++) disk.put(`many/${n}`, '');
    await expect(read('many/*')).rejects.toMatchObject({ code: 'too-many-files' });
  });

  it('[TFI4] writes and appends', async ({ expect }) => {
    const disk = new MemoryDisk();
    const store = new MemoryFiles();
    const write = (path: string, text: string, append: boolean): Promise<unknown> =>
      run(disk, [{ op: 'write', itemIndex: 0, path, file: store.add(text), append }], store);
    await write('/log.txt', 'one', false);
    await Promise.all(['a', 'b', 'c', 'd'].map((text) => write('log.txt', text, true)));
    expect(disk.text('log.txt')?.split('').toSorted().join('')).toBe('abcdeno');
    await write('log.txt', 'new', false);
    await write('fresh.txt', 'x', true);
    expect([disk.text('log.txt'), disk.text('fresh.txt')]).toEqual(['new', 'x']);
    disk.write = () => Promise.resolve(false);
    await expect(write('log.txt', 'x', true)).rejects.toMatchObject({ code: 'file-busy' });
  });

  it('[TFI5] goes on after a failure when told to', async ({ expect }) => {
    const disk = new MemoryDisk();
    disk.put('a', 'x');
    const calls: FilesCall[] = ['../a', 'a'].map((selector, itemIndex) => ({
      op: 'read',
      itemIndex,
      selector,
      mustExist: true,
    }));
    expect(await run(disk, calls, new MemoryFiles(), true)).toMatchObject({
      results: [
        { ok: false, itemIndex: 0, error: { code: 'bad-path' } },
        { ok: true, itemIndex: 1 },
      ],
    });
  });
});
