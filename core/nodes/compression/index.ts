import { textOf } from '../../data/text.ts';
import { NodeError, type NodeType, defineNode } from '../../node/kit.ts';
import { fileOf, oneCallAnItem, transformNode } from '../../node/transform.ts';

export const node: NodeType = defineNode({
  type: 'compression',
  title: 'Compression',
  summary: 'Packs files into zip, gzip or tar archives, and unpacks them.',
  group: 'data',
  icon: 'file-archive',
  n8n: { type: 'n8n-nodes-base.compression', versions: [1, 1.1] },
  version: 1.1,
  fields: [
    {
      name: 'operation',
      label: 'Operation',
      type: 'options',
      default: 'decompress',
      options: ['compress', 'decompress'],
    },
    {
      name: 'binaryPropertyName',
      label: 'Files',
      type: 'string',
      default: 'data',
      required: true,
      description: 'Names of the fields that hold the files, separated by commas.',
    },
    {
      name: 'outputFormat',
      label: 'Format',
      type: 'options',
      default: 'zip',
      options: ['zip', 'gzip', 'tar', 'tar.gz'],
      description: 'What to pack into. Gzip holds one file: several files make several fields.',
      show: { operation: ['compress'] },
    },
    { name: 'fileName', label: 'Name of the archive', type: 'string', default: '', show: { operation: ['compress'] } },
    {
      name: 'binaryPropertyOutput',
      label: 'Put the archive in field',
      type: 'string',
      default: 'data',
      description: 'Only when packing.',
      show: { operation: ['compress'] },
    },
    {
      name: 'outputPrefix',
      label: 'Prefix of the fields',
      type: 'string',
      default: 'file_',
      description: 'Unpacked files are in fields of this name and a number, from 0.',
      show: { operation: ['decompress'] },
    },
  ],
  defaults: () => ({
    operation: 'decompress',
    binaryPropertyName: 'data',
    outputFormat: 'zip',
    binaryPropertyOutput: 'data',
  }),
  inputs: 1,
  compile(kit) {
    const operation = kit.param('operation');
    const property = kit.param('binaryPropertyName');
    const outputFormat = kit.param('outputFormat');
    const fileName = kit.param('fileName', '');
    const output = kit.param('binaryPropertyOutput');
    const prefix = kit.param('outputPrefix', 'file_');
    // Version 1 put gzip files, too, in numbered fields.
    const numbersGzip = kit.node.version < 1.1;
    const gzipPrefix = kit.param('outputPrefix', 'data');
    return transformNode({
      transform: 'compression',
      callsOf: oneCallAnItem((step, itemIndex, item) => {
        const scope = step.scope(itemIndex);
        const what = operation.at(scope);
        if (what !== 'compress' && what !== 'decompress') {
          throw new NodeError('unknown-mode', `Compression cannot "${String(what)}".`, { itemIndex });
        }
        const names = [...new Set(namesOf(textOf(property.at(scope)), itemIndex))];
        const files = Object.fromEntries(names.map((name) => [name, fileOf(item, name, itemIndex)]));
        const fieldPrefix = what === 'decompress' ? prefix.at(scope) : numbersGzip ? gzipPrefix.at(scope) : null;
        const parameters = {
          operation: what,
          names,
          json: item.json,
          outputFormat: outputFormat.at(scope),
          fileName: textOf(fileName.at(scope)),
          output: textOf(output.at(scope), 'data'),
          prefix: fieldPrefix ?? null,
        };
        return { parameters, files };
      }),
    });
  },
});

function namesOf(text: string, itemIndex: number): string[] {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  if (names.length > 0) return names;
  throw new NodeError('no-fields', 'Name at least one field that holds a file.', { itemIndex });
}
