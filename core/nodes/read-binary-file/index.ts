import { type NodeType, defineNode } from '../../node/kit.ts';
import { filesNode } from '../read-write-file/files-effect.ts';
import { pathGiven } from '../read-write-file/read.ts';

export const node: NodeType = defineNode({
  type: 'read-binary-file',
  title: 'Read binary file',
  summary: 'Adds one of the tenant’s files to each item.',
  group: 'data',
  icon: 'file-down',
  n8n: { type: 'n8n-nodes-base.readBinaryFile', versions: [1] },
  version: 1,
  fields: [
    { name: 'filePath', label: 'File', type: 'string', required: true, description: 'For example reports/march.csv.' },
    { name: 'dataPropertyName', label: 'Put the file in field', type: 'string', default: 'data', required: true },
  ],
  defaults: () => ({ dataPropertyName: 'data' }),
  inputs: 1,
  compile(kit) {
    const [path, property] = [kit.param('filePath', ''), kit.param('dataPropertyName')];
    return filesNode({
      class: 'pure',
      callOf: (step, itemIndex) => ({
        op: 'read',
        itemIndex,
        selector: pathGiven(path.at(step.scope(itemIndex)), itemIndex),
        mustExist: true,
      }),
      itemsOf: (step, { itemIndex, files: [found] }) => {
        const item = step.items[itemIndex];
        const name = String(property.at(step.scope(itemIndex)) || 'data');
        const binary = { ...item?.binary, ...(found?.file ? { [name]: found.file } : {}) };
        return [{ json: item?.json ?? {}, binary, pairedItem: { item: itemIndex } }];
      },
    });
  },
});
