import type { BinaryRef, Item, JsonObject } from '../../data/item.ts';
import { extensionOf } from '../../data/media-types.ts';
import { splitPath } from '../../files/path.ts';
import { type CompileKit, type NodeExecutor, NodeError } from '../../node/kit.ts';
import { objectOf } from '../field-list.ts';
import { filesNode } from './files-effect.ts';

const UNITS = ['B', 'kB', 'MB', 'GB'];

/** `1.21 kB`, as people read sizes. */
function readableSize(sizeBytes: number): string {
  const power = sizeBytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(sizeBytes) / 3));
  return `${Number((sizeBytes / 1000 ** power).toPrecision(3))} ${UNITS[power]}`;
}

/** Reads one file, or all that match, for each item. */
export function readExecutor(kit: CompileKit): NodeExecutor {
  const selector = kit.param('fileSelector', '');
  const options = kit.param('options', {});
  return filesNode({
    class: 'pure',
    callOf: (step, itemIndex) => ({
      op: 'read',
      itemIndex,
      selector: pathGiven(selector.at(step.scope(itemIndex)), itemIndex),
      mustExist: false,
    }),
    itemsOf: (step, { itemIndex, files }) => {
      const how = objectOf(options.at(step.scope(itemIndex)));
      return files.flatMap(({ path, sizeBytes, file }): Item[] => {
        if (!file) return [];
        const named = renamed(file, how);
        return [
          {
            json: describe(path, named, sizeBytes),
            binary: { [String(how['dataPropertyName'] || 'data')]: named },
            pairedItem: { item: itemIndex },
          },
        ];
      });
    },
  });
}

export function pathGiven(value: unknown, itemIndex: number): string {
  if (typeof value === 'string' && value.trim() !== '') return value.trim();
  throw new NodeError('no-path', 'Say which file.', { itemIndex, description: 'For example reports/march.csv.' });
}

function renamed(file: BinaryRef, how: JsonObject): BinaryRef {
  const given = (name: string): string | undefined => (how[name] ? String(how[name]) : undefined);
  const fileName = given('fileName') ?? file.fileName;
  const fileExtension = given('fileExtension') ?? file.fileExtension;
  return {
    ...file,
    mimeType: given('mimeType') ?? file.mimeType,
    ...(fileName === undefined ? {} : { fileName }),
    ...(fileExtension === undefined ? {} : { fileExtension }),
  };
}

function describe(path: string, file: BinaryRef, sizeBytes: number): JsonObject {
  const { mimeType, fileName = splitPath(path).name } = file;
  const [kind = ''] = mimeType.split('/');
  const fileType = mimeType === 'application/json' ? 'json' : mimeType === 'application/pdf' ? 'pdf' : kind;
  return {
    mimeType,
    fileType,
    fileName,
    directory: `/${splitPath(path).folder}`,
    fileExtension: file.fileExtension ?? extensionOf(fileName),
    fileSize: readableSize(sizeBytes),
  };
}
