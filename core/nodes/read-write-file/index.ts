import { NodeError, type NodeType, defineNode } from '../../node/kit.ts';
import { readExecutor } from './read.ts';
import { writeExecutor } from './write.ts';

export const node: NodeType = defineNode({
  type: 'read-write-file',
  title: 'Read/write files',
  summary: 'Reads and writes the files of your tenant, by path.',
  group: 'data',
  icon: 'hard-drive',
  n8n: { type: 'n8n-nodes-base.readWriteFile', versions: [1, 1.1] },
  version: 1.1,
  fields: [
    { name: 'operation', label: 'Operation', type: 'options', default: 'read', options: ['read', 'write'] },
    {
      name: 'fileSelector',
      label: 'Files to read',
      type: 'string',
      description: 'A path, or a pattern: `*` and `?` within a folder, `**` through folders, `[abc]`, `{a,b}`.',
    },
    {
      name: 'fileName',
      label: 'File to write',
      type: 'string',
      description: 'A path among the tenant’s files. Absolute paths and drives of n8n files mean the same folder.',
    },
    { name: 'dataPropertyName', label: 'Field that holds the file', type: 'string', default: 'data' },
    { name: 'options.append', label: 'Append', type: 'boolean', default: false, description: 'Writing.' },
    { name: 'options.dataPropertyName', label: 'Put the file in field', type: 'string', default: 'data' },
    { name: 'options.fileExtension', label: 'File extension', type: 'string', description: 'Reading.' },
    { name: 'options.fileName', label: 'File name', type: 'string', description: 'Reading.' },
    { name: 'options.mimeType', label: 'Media type', type: 'string', description: 'Reading.' },
  ],
  defaults: () => ({ operation: 'read', dataPropertyName: 'data', options: {} }),
  inputs: 1,
  compile(kit) {
    const operation = String(kit.raw('operation'));
    if (operation === 'read') return readExecutor(kit);
    if (operation === 'write') return writeExecutor(kit);
    throw new NodeError('unknown-mode', `Read/write files cannot "${operation}".`);
  },
});
