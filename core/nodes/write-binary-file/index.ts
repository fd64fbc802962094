import { type NodeType, defineNode } from '../../node/kit.ts';
import { writeExecutor } from '../read-write-file/write.ts';

export const node: NodeType = defineNode({
  type: 'write-binary-file',
  title: 'Write binary file',
  summary: 'Stores a file of each item among the tenant’s files.',
  group: 'data',
  icon: 'file-up',
  n8n: { type: 'n8n-nodes-base.writeBinaryFile', versions: [1] },
  version: 1,
  fields: [
    { name: 'fileName', label: 'File', type: 'string', required: true, description: 'For example reports/march.csv.' },
    { name: 'dataPropertyName', label: 'Field that holds the file', type: 'string', default: 'data', required: true },
    { name: 'options.append', label: 'Append', type: 'boolean', default: false },
  ],
  defaults: () => ({ dataPropertyName: 'data', options: {} }),
  inputs: 1,
  compile: writeExecutor,
});
