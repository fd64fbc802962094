import { type NodeType, defineNode } from '../../node/kit.ts';
import { readFiles } from '../extract-from-file/read-files.ts';

export const node: NodeType = defineNode({
  type: 'read-pdf',
  title: 'Read PDF',
  summary: 'Reads the text of a PDF file.',
  group: 'data',
  icon: 'file-text',
  n8n: { type: 'n8n-nodes-base.readPDF', versions: [1] },
  version: 1,
  fields: [
    {
      name: 'binaryPropertyName',
      label: 'File',
      type: 'string',
      default: 'data',
      required: true,
      description: 'Name of the field that holds the file.',
    },
    { name: 'encrypted', label: 'The file is encrypted', type: 'boolean', default: false },
    { name: 'password', label: 'Password', type: 'string', default: '' },
  ],
  defaults: () => ({ binaryPropertyName: 'data', encrypted: false, password: '' }),
  inputs: 1,
  compile(kit) {
    const [encrypted, password] = [kit.param('encrypted'), kit.param('password')];
    return readFiles({
      operation: kit.value('pdf'),
      property: kit.param('binaryPropertyName'),
      options: {
        constant: encrypted.constant && password.constant,
        at: (scope) => ({
          keepSource: 'binary',
          ...(encrypted.at(scope) === true ? { password: String(password.at(scope)) } : {}),
        }),
      },
    });
  },
});
