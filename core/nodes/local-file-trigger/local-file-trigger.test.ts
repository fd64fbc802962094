import { describe, it } from 'vitest';
import type { Json, JsonObject } from '../../data/item.ts';
import { type FilesPayload, runFilesCalls } from '../../files/effect.ts';
import { MemoryDisk } from '../../files/testing.ts';
import { MemoryFiles, compileFor, stepOf } from '../testing.ts';
import { node } from './index.ts';

/** Looks as often as told, with what each look kept given to the next. */
async function looks(parameters: JsonObject, acts: ((disk: MemoryDisk) => void)[]): Promise<JsonObject[][]> {
  const disk = new MemoryDisk();
  disk.put('in/a.txt', '1');
  disk.put('other.txt', '1');
  let kept: JsonObject = {};
  const seen: JsonObject[][] = [];
  const executor = compileFor(node, { parameters });
  for (const act of acts) {
    act(disk);
    const step = { ...stepOf(node, { parameters }), kept: () => kept };
    const asked = executor.run(step);
    if (asked.kind !== 'effect') throw new Error(`The node answered ${asked.kind}.`);
    const value = await runFilesCalls(asked.effect.payload as unknown as FilesPayload, disk, new MemoryFiles());
    const result = executor.resume?.(step, { kind: 'reply', value: value as unknown as Json });
    if (result?.kind !== 'output') throw new Error('The node did not answer.');
    kept = result.keep?.node ?? {};
    seen.push((result.outputs[0] ?? []).map(({ json }) => json));
  }
  return seen;
}

const nothing = (): void => undefined;
const change = (disk: MemoryDisk): void => {
  disk.put('in/a.txt', '2');
  disk.put('in/new/b.txt', '1');
  disk.put('other.txt', '2');
};

describe('file trigger', () => {
  it('[TFI6] says what happened in a folder since the last look', async ({ expect }) => {
    const events = ['add', 'change', 'unlink', 'addDir', 'unlinkDir'];
    const parameters = { triggerOn: 'folder', path: '/in', events };
    const remove = (disk: MemoryDisk): void => void disk.files.delete('in/new/b.txt');
    expect(await looks(parameters, [nothing, nothing, change, remove])).toEqual([
      [],
      [],
      [
        { event: 'addDir', path: 'in/new' },
        { event: 'change', path: 'in/a.txt' },
        { event: 'add', path: 'in/new/b.txt' },
      ],
      [
        { event: 'unlink', path: 'in/new/b.txt' },
        { event: 'unlinkDir', path: 'in/new' },
      ],
    ]);
    expect(await looks({ ...parameters, events: ['add'] }, [nothing, change])).toEqual([
      [],
      [{ event: 'add', path: 'in/new/b.txt' }],
    ]);
    expect(await looks({ ...parameters, options: { depth: 0, ignored: '' } }, [nothing, change])).toEqual([
      [],
      [{ event: 'change', path: 'in/a.txt' }],
    ]);
    expect(await looks({ ...parameters, options: { ignored: '**/new/**' } }, [nothing, change])).toEqual([
      [],
      [{ event: 'change', path: 'in/a.txt' }],
    ]);
  });

  it('[TFI6] watches one file', async ({ expect }) => {
    expect(await looks({ triggerOn: 'file', path: 'other.txt' }, [nothing, change])).toEqual([
      [],
      [{ event: 'change', path: 'other.txt' }],
    ]);
    expect(() => compileFor(node, { parameters: { triggerOn: 'file', path: '../x' } })).toThrow('is no path of a file');
  });
});
