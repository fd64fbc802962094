import { readdirSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { JsonObject } from '../../core/data/item.ts';
import type { WorkflowNode } from '../../core/graph/document.ts';
import { TRANSFORMS } from '../../core/nodes/transforms.generated.ts';
import { chain, manual, node, set } from './documents.ts';
import { Server, itemsOf, readAnswer } from './server.ts';

const DIST = resolve(import.meta.dirname, '../../dist');

let server: Server;
beforeAll(async () => {
  server = await Server.start();
});
afterAll(() => server.stop());

const convert = (id: string, parameters: JsonObject): WorkflowNode =>
  node(id, 'convert-to-file', 1.1, { options: {}, ...parameters });
const extract = (id: string, parameters: JsonObject): WorkflowNode =>
  node(id, 'extract-from-file', 1.1, { options: {}, ...parameters });

/** Runs nodes one after the other; the json of the last one's items. */
async function outcome(name: string, nodes: WorkflowNode[]): Promise<JsonObject[]> {
  const run = await server.start(await server.create(chain(name, [manual(), ...nodes])));
  if (run.status !== 'success') throw new Error(`${name}: ${JSON.stringify(run.error)}`);
  return itemsOf(run, nodes.at(-1)?.id ?? '');
}

describe('files in the served product', () => {
  it('[ZIP1] [ZIP2] packs and unpacks, above the size that travels in items, too', async ({ expect }) => {
    const text = 'round and round '.repeat(10_000);
    const made = await outcome('Archives', [
      set('text', { text }),
      convert('file', { operation: 'toText', sourceProperty: 'text', options: { fileName: 'a.txt' } }),
      node('pack', 'compression', 1.1, { operation: 'compress', outputFormat: 'zip' }),
      node('unpack', 'compression', 1.1, { operation: 'decompress' }),
      extract('read', { operation: 'text', binaryPropertyName: 'file_0' }),
    ]);
    expect(made).toEqual([{ data: text }]);
  });

  it.for(['xlsx', 'ods', 'xls', 'csv', 'html', 'rtf'])('[CTF3] writes and reads %s', async (operation, { expect }) => {
    const made = await outcome(`Table ${operation}`, [
      set('row', { n: 1, s: 'ü' }),
      convert('file', { operation }),
      extract('read', { operation }),
    ]);
    expect(made).toMatchObject([{ s: 'ü' }]);
  });

  it('[EFF5] reads a PDF', async ({ expect }) => {
    const body =
      '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>/Contents 4 0 R>>endobj 4 0 obj<</Length 34>>stream\nBT /F1 9 Tf 9 9 Td (Served) Tj ET \nendstream endobj\ntrailer<</Root 1 0 R>>';
    const made = await outcome('PDF', [
      set('b64', { b64: Buffer.from(body).toString('base64') }),
      convert('file', { operation: 'toBinary', sourceProperty: 'b64' }),
      extract('read', { operation: 'pdf' }),
    ]);
    expect(made).toMatchObject([{ numpages: 1, text: 'Served' }]);
  });

  it('[IMG1] edits images with WebAssembly', async ({ expect }) => {
    const operations = [
      { operation: 'create', width: 200, height: 100, backgroundColor: '#336699' },
      { operation: 'text', text: 'Hello', fontSize: 30, fontColor: '#ffffff' },
      { operation: 'resize', width: 50, height: 50, resizeOption: 'percent' },
    ];
    const made = await outcome('Image', [
      node('draw', 'edit-image', 1, {
        operation: 'multiStep',
        operations: { operations },
        options: { format: 'webp' },
      }),
      node('look', 'edit-image', 1, { operation: 'information' }),
    ]);
    expect(made).toMatchObject([{ format: 'WEBP', size: { width: 100, height: 50 } }]);
  });

  it('[TFI3] [TFI4] [TFI7] keeps files that nodes and the API share', async ({ expect }) => {
    await outcome('Write', [
      set('text', { text: 'from a node' }),
      convert('file', { operation: 'toText', sourceProperty: 'text' }),
      node('write', 'read-write-file', 1.1, { operation: 'write', fileName: '/reports/n.txt', options: {} }),
    ]);
    const authorization = `Bearer ${server.ready.apiKey}`;
    const content = `${server.ready.url}/v1/files/content?path=`;
    expect((await readAnswer(await fetch(`${content}reports/n.txt`, { headers: { authorization } }))).text).toBe(
      'from a node',
    );
    await fetch(`${content}reports/a.txt`, { method: 'PUT', headers: { authorization }, body: 'from the API' });
    const read = await outcome('Read', [
      node('files', 'read-write-file', 1.1, { fileSelector: 'reports/*.txt', options: {} }),
      extract('text', { operation: 'text' }),
    ]);
    expect(read).toEqual([{ data: 'from the API' }, { data: 'from a node' }]);
  });

  it('[TFI6] the file trigger says what changed between two looks', async ({ expect }) => {
    const put = (path: string, body: string): Promise<Response> =>
      fetch(`${server.ready.url}/v1/files/content?path=${path}`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${server.ready.apiKey}` },
        body,
      });
    await put('in/a.txt', '1');
    const trigger = node('watch', 'local-file-trigger', 1, {
      triggerOn: 'folder',
      path: '/in',
      events: ['add', 'change'],
    });
    const id = await server.create(chain('Watch', [trigger, set('after', {})]));
    const look = async (): Promise<JsonObject[]> => itemsOf(await server.start(id), 'watch');
    expect(await look()).toEqual([]);
    await put('in/a.txt', '2');
    await put('in/b.txt', '1');
    expect(await look()).toEqual([
      { event: 'change', path: 'in/a.txt' },
      { event: 'add', path: 'in/b.txt' },
    ]);
    expect(await look()).toEqual([]);
  });

  it('[ZIP4] a bomb fails its run and nothing else', async ({ expect }) => {
    const authorization = `Bearer ${server.ready.apiKey}`;
    const { gzipSync } = await import('node:zlib');
    const body = gzipSync(Buffer.alloc(80_000_000));
    await fetch(`${server.ready.url}/v1/files/content?path=bomb.gz`, {
      method: 'PUT',
      headers: { authorization },
      body,
    });
    const nodes = [
      node('file', 'read-write-file', 1.1, { fileSelector: 'bomb.gz', options: {} }),
      node('unpack', 'compression', 1.1, { operation: 'decompress' }),
    ];
    const run = await server.start(await server.create(chain('Bomb', [manual(), ...nodes])));
    expect(run).toMatchObject({ status: 'error', error: { code: 'unpacks-too-large' } });
    expect((await server.api('GET', '/health')).status).toBe(200);
  });

  it('[TRF1] no transform is in the product, and each is loaded at its first use', ({ expect }) => {
    const satellite = resolve(DIST, 'millrace_transforms');
    const main = readFileSync(resolve(satellite, 'index.js'), 'utf8');
    for (const name of TRANSFORMS.keys()) {
      expect(main).toMatch(new RegExp(`["'\`]${name}["'\`],\\s*async\\s*\\(\\)\\s*=>\\s*\\(await import\\(`));
    }
    const texts = { product: everyModule(resolve(DIST, 'millrace')), start: loadedAtStart(satellite) };
    const all = everyModule(satellite);
    // What they are made of.
    for (const mark of ['%PDF-', 'PhotonImage', 'xl/workbook.xml', 'BEGIN:VCALENDAR']) {
      expect([mark, all.includes(mark)]).toEqual([mark, true]);
      expect([mark, texts.product.includes(mark), texts.start.includes(mark)]).toEqual([mark, false, false]);
    }
  });
});

/** Text of all modules of a bundle. */
const everyModule = (directory: string): string =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFileSync(resolve(directory, file), 'utf8'))
    .join('\n');

/** Text of the main module and what it imports. */
function loadedAtStart(directory: string): string {
  const reached = new Set([resolve(directory, 'index.js')]);
  let text = '';
  for (const file of reached) {
    const module = readFileSync(file, 'utf8');
    text += module;
    for (const [, path = ''] of module.matchAll(/(?:\bfrom|\bimport)\s*["'`](\.[^"'`]+)["'`]/g)) {
      reached.add(resolve(dirname(file), path));
    }
  }
  return text;
}
