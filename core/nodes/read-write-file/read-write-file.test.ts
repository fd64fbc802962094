import { describe, it } from 'vitest';
import type { Item, Json, JsonObject } from '../../data/item.ts';
import { type FilesPayload, runFilesCalls } from '../../files/effect.ts';
import { MemoryDisk } from '../../files/testing.ts';
import type { EffectRequest, NodeType } from '../../node/kit.ts';
import { node as readOne } from '../read-binary-file/index.ts';
import { node as readAll } from '../read-binary-files/index.ts';
import { MemoryFiles, type Trial, resumeNode, runNode } from '../testing.ts';
import { node as writeOne } from '../write-binary-file/index.ts';
import { node } from './index.ts';

class Desk {
  readonly disk = new MemoryDisk();
  readonly files = new MemoryFiles();
  effect: EffectRequest | undefined;

  async run(type: NodeType, trial: Trial): Promise<Item[]> {
    const asked = runNode(type, trial);
    if (asked.kind !== 'effect') throw new Error(`The node answered ${asked.kind}.`);
    this.effect = asked.effect;
    const value = await runFilesCalls(asked.effect.payload as unknown as FilesPayload, this.disk, this.files);
    const result = resumeNode(type, trial, { kind: 'reply', value: value as unknown as Json });
    return result.kind === 'output' ? [...(result.outputs[0] ?? [])] : [];
  }

  item(text: string, json: JsonObject = {}): Item {
    return { json, binary: { data: this.files.add(text, 'given.txt') } };
  }
}

describe('read/write files', () => {
  it('[TFI3] describes what it reads as n8n does', async ({ expect }) => {
    const desk = new Desk();
    desk.disk.put('docs/a.json', 'x'.repeat(1_234));
    desk.disk.put('docs/b.pdf', '');
    expect(await desk.run(node, { parameters: { fileSelector: '=/docs/{{ "*" }}' } })).toMatchObject([
      {
        json: {
          mimeType: 'application/json',
          fileType: 'json',
          fileName: 'a.json',
          directory: '/docs',
          fileExtension: 'json',
          fileSize: '1.23 kB',
        },
        binary: { data: { fileName: 'a.json' } },
        pairedItem: { item: 0 },
      },
      { json: { fileName: 'b.pdf', fileType: 'pdf', fileSize: '0 B' } },
    ]);
    const options = { fileName: 'x.bin', mimeType: 'image/x', fileExtension: 'bin', dataPropertyName: 'out' };
    const [named] = await desk.run(node, { parameters: { fileSelector: 'docs/a.json', options } });
    expect(named).toMatchObject({
      json: { mimeType: 'image/x', fileType: 'image', fileName: 'x.bin', fileExtension: 'bin' },
      binary: { out: { fileName: 'x.bin', mimeType: 'image/x' } },
    });
    expect(await desk.run(node, { parameters: { fileSelector: 'none.txt' } })).toEqual([]);
  });

  it('[TFI4] writes a file of each item; a repeat of an append is unsafe', async ({ expect }) => {
    const desk = new Desk();
    const inputs = [[desk.item('one', { n: 1 }), desk.item('two', { n: 2 })]];
    const made = await desk.run(node, {
      inputs,
      parameters: { operation: 'write', fileName: '=d:\\out\\{{ $json.n }}.txt' },
    });
    expect(made).toMatchObject([
      { json: { n: 1, fileName: 'd:\\out\\1.txt' }, binary: { data: {} }, pairedItem: { item: 0 } },
      { json: { n: 2 } },
    ]);
    expect([desk.disk.text('out/1.txt'), desk.disk.text('out/2.txt')]).toEqual(['one', 'two']);
    expect(desk.effect?.class).toBe('idempotent');
    await desk.run(writeOne, { inputs, parameters: { fileName: 'log', options: { append: true } } });
    expect([desk.disk.text('log'), desk.effect?.class]).toEqual(['onetwo', 'unsafe']);
  });

  it('[TFI3] the older nodes read one file for each item, or all that match once', async ({ expect }) => {
    const desk = new Desk();
    desk.disk.put('a.txt', 'A');
    desk.disk.put('b.txt', 'B');
    const items = [{ p: 'a.txt' }, { p: 'b.txt' }];
    const one = await desk.run(readOne, { items, parameters: { filePath: '={{ $json.p }}', dataPropertyName: 'f' } });
    expect(one.map(({ json, binary }) => [json, desk.files.text(binary?.['f'])])).toEqual([
      [items[0], 'A'],
      [items[1], 'B'],
    ]);
    expect(await desk.run(readAll, { items, parameters: { fileSelector: '*.txt' } })).toHaveLength(2);
    await expect(desk.run(readOne, { parameters: { filePath: 'none' } })).rejects.toMatchObject({
      code: 'file-missing',
    });
  });

  it('[TFI5] an item that cannot be asked for becomes an error', async ({ expect }) => {
    const desk = new Desk();
    const trial = { inputs: [[{ json: {} }, desk.item('x')]], parameters: { operation: 'write', fileName: 'a' } };
    expect(() => runNode(node, trial)).toThrow('This item has no binary data named "data".');
    const made = await desk.run(node, { ...trial, continueOnFail: true });
    expect(made).toMatchObject([{ json: { fileName: 'a' } }, { json: { error: expect.any(String) } }]);
    expect(() => runNode(node, { parameters: {} })).toThrow('Say which file.');
    expect(() => runNode(node, { parameters: { operation: 'eat' } })).toThrow('cannot "eat"');
  });
});
