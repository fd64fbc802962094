import { Gzip } from 'fflate';
import type { JsonObject } from '../../data/item.ts';
import { extensionOf, mediaTypeOf } from '../../data/media-types.ts';
import { NodeError } from '../../node/kit.ts';
import type { FileBytes, Transform, TransformContext } from '../../node/transform.ts';
import { inflate, joined } from './transform/inflate.ts';
import { pushInPieces } from './transform/pieces.ts';
import type { PackedFile } from './transform/packed-file.ts';
import { isTar, tar, untar } from './transform/tar.ts';
import { UnpackBudget } from './transform/unpack-budget.ts';
import { unzip, zip } from './transform/zip.ts';

interface NamedFile {
  property: string;
  file: FileBytes;
}

export const transform: Transform = {
  async run({ parameters, files }, context) {
    const names = parameters['names'] as string[];
    const given = names.map((property) => ({ property, file: files[property] as FileBytes }));
    const made = await (parameters['operation'] === 'compress' ? compress : decompress)(given, parameters, context);
    return [{ json: parameters['json'] as JsonObject, files: made }];
  },
};

const empty = (): Record<string, FileBytes> => Object.create(null) as Record<string, FileBytes>;

const bytesOf = (given: readonly NamedFile[]): PackedFile[] =>
  given.map(({ property, file }) => ({ name: file.fileName ?? property, bytes: file.bytes }));

async function compress(
  given: readonly NamedFile[],
  parameters: JsonObject,
  context: TransformContext,
): Promise<Record<string, FileBytes>> {
  const { nowMs } = context;
  const format = String(parameters['outputFormat'] ?? '');
  const output = String(parameters['output'] ?? 'data');
  const named = (extension: string): string => String(parameters['fileName'] || `${output}.${extension}`);
  const made = empty();
  const put = (property: string, fileName: string, bytes: Uint8Array<ArrayBuffer>): void => {
    made[property] = { bytes, fileName, mimeType: mediaTypeOf(fileName) };
  };
  if (format === 'zip') put(output, named('zip'), await zip(bytesOf(given), context));
  else if (format === 'tar') put(output, named('tar'), tar(bytesOf(given), nowMs));
  else if (format === 'tar.gz' || format === 'tgz') {
    put(output, named('tar.gz'), await gzip(tar(bytesOf(given), nowMs), context));
  } else if (format === 'gzip') {
    // Gzip holds one file: several files make several fields.
    const prefix = parameters['prefix'];
    for (const [index, { property, file }] of given.entries()) {
      const fileName = `${file.fileName ?? property}.gz`;
      const field = typeof prefix === 'string' ? `${prefix}${index}` : index === 0 ? output : `${output}_${index}`;
      put(
        field,
        given.length === 1 ? String(parameters['fileName'] || fileName) : fileName,
        await gzip(file.bytes, context),
      );
    }
  } else {
    throw new NodeError('unknown-mode', `Compression cannot make '${format}'. Choose zip, gzip, tar or tar.gz.`);
  }
  return made;
}

async function gzip(
  bytes: Uint8Array<ArrayBuffer>,
  { nowMs, breathe }: TransformContext,
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  const stream = new Gzip({ mtime: nowMs }, (piece) => void pieces.push(piece));
  await pushInPieces(bytes, { breathe, push: (piece, final) => stream.push(piece, final) });
  return joined(pieces);
}

async function decompress(
  given: readonly NamedFile[],
  parameters: JsonObject,
  { breathe }: TransformContext,
): Promise<Record<string, FileBytes>> {
  const made = empty();
  const prefix = String(parameters['prefix'] ?? 'file_');
  let index = 0;
  for (const each of given) {
    for (const { name, bytes } of await unpack(each, breathe)) {
      made[`${prefix}${index++}`] = { bytes, fileName: name, mimeType: mediaTypeOf(name) };
    }
  }
  return made;
}

/** By what the file is; names and types only say what it should be. */
async function unpack({ property, file }: NamedFile, breathe: () => Promise<void>): Promise<PackedFile[]> {
  const { bytes, fileName = property } = file;
  const budget = new UnpackBudget(bytes.length, breathe);
  const [first, second, third] = bytes;
  if (first === 0x50 && second === 0x4b) return unzip(bytes, budget);
  if (isTar(bytes)) return untar(bytes, budget);
  if (first === 0x1f && second === 0x8b && third === 8) {
    const inner = await inflate(bytes, { format: 'gzip', budget });
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
