import type { Field } from '../../node/kit.ts';

export const fields: readonly Field[] = [
  { name: 'protocol', label: 'Protocol', type: 'options', default: 'ftp', options: ['ftp', 'sftp'] },
  {
    name: 'operation',
    label: 'Operation',
    type: 'options',
    default: 'download',
    options: ['delete', 'download', 'list', 'rename', 'upload'],
  },
  {
    name: 'path',
    label: 'Path',
    type: 'string',
    required: true,
    description: 'Of the file, or of the folder to list.',
  },
  { name: 'oldPath', label: 'Old path', type: 'string', description: 'Rename: what it is called now.' },
  { name: 'newPath', label: 'New path', type: 'string', description: 'Rename: what it is called then.' },
  {
    name: 'binaryData',
    label: 'Binary file',
    type: 'boolean',
    default: true,
    description: 'Upload a file of the item; otherwise the text below.',
  },
  { name: 'binaryPropertyName', label: 'Binary field', type: 'string', default: 'data' },
  { name: 'fileContent', label: 'File content', type: 'string', default: '' },
  {
    name: 'recursive',
    label: 'Recursive',
    type: 'boolean',
    default: false,
    description: 'List folders in folders too.',
  },
  { name: 'options.folder', label: 'Folder', type: 'boolean', default: false, description: 'Delete a folder.' },
  {
    name: 'options.recursive',
    label: 'Recursive',
    type: 'boolean',
    default: false,
    description: 'Delete the folder with what is in it.',
  },
  {
    name: 'options.createDirectories',
    label: 'Create folders',
    type: 'boolean',
    default: false,
    description: 'Rename into folders that do not exist yet.',
  },
];
