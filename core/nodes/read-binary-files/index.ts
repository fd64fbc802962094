import type { Item } from '../../data/item.ts';
import { type NodeType, defineNode } from '../../node/kit.ts';
import { filesNode } from '../read-write-file/files-effect.ts';
import { pathGiven } from '../read-write-file/read.ts';

export const node: NodeType = defineNode({
  type: 'read-binary-files',
  title: 'Read binary files',
  summary: 'Makes an item of each of the tenant’s files that match a pattern.',
  group: 'data',
  icon: 'files',
  n8n: { type: 'n8n-nodes-base.readBinaryFiles', versions: [1] },
  version: 1,
  fields: [
    {
      name: 'fileSelector',
      label: 'Files',
      type: 'string',
      required: true,
      description: 'For example reports/**/*.csv.',
    },
    { name: 'dataPropertyName', label: 'Put each file in field', type: 'string', default: 'data', required: true },
  ],
  defaults: () => ({ dataPropertyName: 'data' }),
  inputs: 1,
  compile(kit) {
    const [selector, property] = [kit.param('fileSelector', ''), kit.param('dataPropertyName')];
    return filesNode({
      class: 'pure',
      once: true,
      callOf: (step, itemIndex) => ({
        op: 'read',
        itemIndex,
        selector: pathGiven(selector.at(step.scope(itemIndex)), itemIndex),
        mustExist: false,
      }),
      itemsOf: (step, { itemIndex, files }) => {
        const name = String(property.at(step.scope(itemIndex)) || 'data');
        return files.flatMap(({ file }): Item[] =>
          file ? [{ json: {}, binary: { [name]: file }, pairedItem: { item: itemIndex } }] : [],
        );
      },
    });
  },
});
