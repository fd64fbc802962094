import { gzipSync } from 'fflate';
import type { JsonObject } from '../../data/item.ts';
import { extensionOf, mediaTypeOf } from '../../data/media-types.ts';
import { NodeError } from '../../node/kit.ts';
import type { FileBytes, Transform } from '../../node/transform.ts';
import { inflate } from './transform/inflate.ts';
import type { PackedFile } from './transform/packed-file.ts';
import { isTar, tar, untar } from './transform/tar.ts';
import { UnpackBudget } from './transform/unpack-budget.ts';
import { unzip, zip } from './transform/zip.ts';

interface NamedFile {
  property: string;
  file: FileBytes;
}

export const transform: Transform = {
  run({ parameters, files }, { nowMs }) {
    const names = parameters['names'] as string[];
    const given = names.map((property) => ({ property, file: files[property] as FileBytes }));
    const made =
      parameters['operation'] === 'compress' ? compress(given, parameters, nowMs) : decompress(given, parameters);
    return [{ json: parameters['json'] as JsonObject, files: made }];
  },
};

const empty = (): Record<string, FileBytes> => Object.create(null) as Record<string, FileBytes>;

const bytesOf = (given: readonly NamedFile[]): PackedFile[] =>
  given.map(({ property, file }) => ({ name: file.fileName ?? property, bytes: file.bytes }));

function compress(given: readonly NamedFile[], parameters: JsonObject, nowMs: number): Record<string, FileBytes> {
  const format = String(parameters['outputFormat'] ?? '');
  const output = String(parameters['output'] ?? 'data');
  const named = (extension: string): string => String(parameters['fileName'] || `${output}.${extension}`);
  const made = empty();
  const put = (property: string, fileName: string, bytes: Uint8Array<ArrayBuffer>): void => {
    made[property] = { bytes, fileName, mimeType: mediaTypeOf(fileName) };
  };
  if (format === 'zip') put(output, named('zip'), zip(bytesOf(given), nowMs));
  else if (format === 'tar') put(output, named('tar'), tar(bytesOf(given), nowMs));
  else if (format === 'tar.gz' || format === 'tgz') {
    put(output, named('tar.gz'), gzipSync(tar(bytesOf(given), nowMs), { mtime: nowMs }));
  } else if (format === 'gzip') {
    // Gzip holds one file: several files make several fields.
    const prefix = parameters['prefix'];
    given.forEach(({ property, file }, index) => {
      const fileName = `${file.fileName ?? property}.gz`;
      const field = typeof prefix === 'string' ? `${prefix}${index}` : index === 0 ? output : `${output}_${index}`;
      put(
        field,
        given.length === 1 ? String(parameters['fileName'] || fileName) : fileName,
        gzipSync(file.bytes, { mtime: nowMs }),
      );
    });
  } else {
    throw new NodeError('unknown-mode', `Compression cannot make '${format}'. Choose zip, gzip, tar or tar.gz.`);
  }
  return made;
}

function decompress(given: readonly NamedFile[], parameters: JsonObject): Record<string, FileBytes> {
  const made = empty();
  const prefix = String(parameters['prefix'] ?? 'file_');
  let index = 0;
  for (const each of given) {
    for (const { name, bytes } of unpack(each)) {
      made[`${prefix}${index++}`] = { bytes, fileName: name, mimeType: mediaTypeOf(name) };
    }
  }
  return made;
}

/** By what the file is; names and types only say what it should be. */
function unpack({ property, file }: NamedFile): PackedFile[] {
  const { bytes, fileName = property } = file;
  const budget = new UnpackBudget(bytes.length);
  const [first, second, third] = bytes;
  if (first === 0x50 && second === 0x4b) return unzip(bytes, budget);
  if (isTar(bytes)) return untar(bytes, budget);
  if (first === 0x1f && second === 0x8b && third === 8) {
    const inner = inflate(bytes, { format: 'gzip', budget });
    if (isTar(inner)) return untar(inner, budget);
    budget.takeFile();
    return [{ name: fileName.replace(/\.(gz|gzip)$/i, '').replace(/\.tgz$/i, '.tar') || 'file', bytes: inner }];
  }
  const extension = extensionOf(fileName);
  throw new NodeError(
    'unknown-archive',
    `'${fileName}' is no zip, gzip or tar file${extension && `, but .${extension}`}.`,
    {
      description: 'Supported are zip, gz, tar, tar.gz and tgz.',
    },
  );
}
