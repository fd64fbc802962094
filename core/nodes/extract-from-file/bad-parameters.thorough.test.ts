import { strToU8, zipSync } from 'fflate';
import { describe, it } from 'vitest';
import type { Item, Json, JsonObject } from '../../data/item.ts';
import { putOwn } from '../../data/path.ts';
import { type FilesPayload, runFilesCalls } from '../../files/effect.ts';
import { MemoryDisk } from '../../files/testing.ts';
import type { NodeType } from '../../node/kit.ts';
import { isNodeError } from '../../node/transform.ts';
import { node as compression } from '../compression/index.ts';
import { node as convert } from '../convert-to-file/index.ts';
import { node as editImage } from '../edit-image/index.ts';
import { node as iCalendar } from '../i-calendar/index.ts';
import { node as fileTrigger } from '../local-file-trigger/index.ts';
import { node as moveBinaryData } from '../move-binary-data/index.ts';
import { node as readBinaryFile } from '../read-binary-file/index.ts';
import { node as readBinaryFiles } from '../read-binary-files/index.ts';
import { node as readPdf } from '../read-pdf/index.ts';
import { node as readWriteFile } from '../read-write-file/index.ts';
import { node as spreadsheetFile } from '../spreadsheet-file/index.ts';
import { MemoryFiles, type Trial, compileFor, stepOf, transformed } from '../testing.ts';
import { node as writeBinaryFile } from '../write-binary-file/index.ts';
import { node as extract } from './index.ts';

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const png = Uint8Array.from(atob(PNG), (char) => char.charCodeAt(0));

const BAD: Json[] = [
  null,
  true,
  -1,
  1e308,
  '',
  '={{ $json.none.deeper() }}',
  '={{ null }}',
  '\u0000\ud800',
  [],
  [null],
  {},
  { value: [{}] },
  'x'.repeat(100_000),
];

/** Nodes with the operations to try, each with parameters that work, and a file that fits. */
const CASES: [NodeType, JsonObject, string | Uint8Array<ArrayBuffer>][] = [
  [compression, { operation: 'compress', outputFormat: 'zip' }, 'x'],
  [compression, { operation: 'decompress' }, zipSync({ 'a.txt': strToU8('a') })],
  ...['csv', 'html', 'ods', 'xls', 'xlsx', 'rtf', 'toJson'].map((operation): (typeof CASES)[number] => [
    convert,
    { operation },
    'x',
  ]),
  ...['toText', 'toBinary'].map((operation): (typeof CASES)[number] => [
    convert,
    { operation, sourceProperty: 'text' },
    'x',
  ]),
  [convert, { operation: 'iCal', start: '2026-01-01' }, 'x'],
  [iCalendar, { start: '2026-01-01' }, 'x'],
  ...['csv', 'text', 'fromJson', 'binaryToPropery'].map((operation): (typeof CASES)[number] => [
    extract,
    { operation },
    '{"a":1}',
  ]),
  [extract, { operation: 'html' }, '<table><tr><td>a</td></tr><tr><td>1</td></tr></table>'],
  [spreadsheetFile, { operation: 'toFile' }, 'x'],
  [spreadsheetFile, {}, 'a,b\n1,2'],
  [readPdf, {}, '%PDF-'],
  [moveBinaryData, { setAllData: false }, '{"a":1}'],
  [moveBinaryData, { mode: 'jsonToBinary' }, 'x'],
  ...[
    'blur',
    'border',
    'create',
    'crop',
    'draw',
    'information',
    'resize',
    'rotate',
    'shear',
    'text',
    'transparent',
  ].map((operation): (typeof CASES)[number] => [editImage, { operation, width: 1, height: 1 }, png]),
  [readWriteFile, { fileSelector: '*' }, 'x'],
  [readWriteFile, { operation: 'write', fileName: 'x' }, 'x'],
  [writeBinaryFile, { fileName: 'x' }, 'x'],
  [readBinaryFile, { filePath: 'x' }, 'x'],
  [readBinaryFiles, { fileSelector: '*' }, 'x'],
  [fileTrigger, { triggerOn: 'folder', path: '/' }, 'x'],
];

/** The parameters with one of them replaced, by its dotted name. */
function withValue(parameters: JsonObject, name: string, value: Json): JsonObject {
  const [first = '', ...rest] = name.split('.');
  const made: JsonObject = { ...parameters };
  putOwn(made, first, rest.length === 0 ? value : withValue((made[first] ?? {}) as JsonObject, rest.join('.'), value));
  return made;
}

async function attempt(type: NodeType, trial: Trial, files: MemoryFiles): Promise<void> {
  const asked = compileFor(type, trial).run(stepOf(type, trial));
  if (asked.kind === 'effect' && asked.effect.kind === 'tenant-files') {
    await runFilesCalls(asked.effect.payload as unknown as FilesPayload, new MemoryDisk(), files);
  } else if (asked.kind === 'effect') await transformed(type, trial, files);
}

describe('nodes on files, given any parameters', () => {
  it.for(CASES)('[EFF8] %o fails by name or works', async ([type, parameters, content], { expect }) => {
    const faults: string[] = [];
    const names = [...type.fields.map(({ name }) => name), 'options', 'additionalFields'];
    for (const name of names) {
      for (const value of BAD) {
        const files = new MemoryFiles();
        const item: Item = { json: { text: 'aGk=' }, binary: { data: files.add(content) } };
        const trial = { inputs: [[item]], parameters: withValue(parameters, name, value) };
        try {
          await attempt(type, trial, files);
        } catch (error) {
          const { name: kind, message } = error as Error;
          if (isNodeError(error) || kind === 'ExpressionError') continue;
          faults.push(
            `${type.type} ${JSON.stringify(parameters)} ${name}=${JSON.stringify(value).slice(0, 40)}: ${kind} ${message.slice(0, 200)}`,
          );
        }
      }
    }
    expect(faults).toEqual([]);
  });
});
