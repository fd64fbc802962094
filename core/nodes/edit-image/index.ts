import type { BinaryRef, JsonObject } from '../../data/item.ts';
import { NodeError, type NodeType, defineNode } from '../../node/kit.ts';
import { fileOf, itemsOfResult, oneCallAnItem, transformNode } from '../../node/transform.ts';
import { objectOf, objectsOf } from '../field-list.ts';
import { IMAGE_FIELDS, OPERATIONS } from './fields.ts';

export const node: NodeType = defineNode({
  type: 'edit-image',
  title: 'Edit image',
  summary: 'Resizes, crops, rotates, combines and writes on images.',
  group: 'data',
  icon: 'image',
  n8n: { type: 'n8n-nodes-base.editImage', versions: [1] },
  version: 1,
  fields: [
    { name: 'operation', label: 'Operation', type: 'options', default: 'border', options: OPERATIONS },
    {
      name: 'dataPropertyName',
      label: 'Image',
      type: 'file',
      default: 'data',
      required: true,
      description: 'Name of the field that holds the image; the result is put there, too.',
    },
    ...IMAGE_FIELDS,
  ],
  defaults: () => ({ operation: 'border', dataPropertyName: 'data', options: {} }),
  inputs: 1,
  compile(kit) {
    const whole = kit.value<JsonObject>({ ...kit.node.parameters });
    const [operation, property] = [kit.param('operation'), kit.param('dataPropertyName')];
    return transformNode({
      transform: 'edit-image',
      callsOf: oneCallAnItem((step, itemIndex, item) => {
        const scope = step.scope(itemIndex);
        const what = String(operation.at(scope));
        if (!(OPERATIONS as readonly string[]).includes(what)) {
          throw new NodeError('unknown-mode', `Edit image cannot "${what}".`, { itemIndex });
        }
        const { options, operations, ...own } = whole.at(scope);
        const steps =
          what === 'multiStep' ? objectsOf(objectOf(operations)['operations']) : [{ ...own, operation: what }];
        const name = String(property.at(scope) || 'data');
        const files: Record<string, BinaryRef> = {};
        if (steps[0]?.operation !== 'create') files['source'] = fileOf(item, name, itemIndex);
        for (const each of steps) {
          const upper = each['dataPropertyNameComposite'];
          if (each.operation === 'composite') files[`top ${String(upper)}`] = fileOf(item, upper, itemIndex);
        }
        return { parameters: { steps, output: name, options: objectOf(options) }, files };
      }),
      finish: (step, results) =>
        results.flatMap((result) => {
          const item = step.items[result.itemIndex];
          const isInformation = operation.at(step.scope(result.itemIndex)) === 'information';
          return itemsOfResult(result).map((made) => {
            if (!result.ok || !item) return made;
            const binary = { ...item.binary, ...made.binary };
            const json = isInformation ? made.json : item.json;
            return { ...made, json, ...(Object.keys(binary).length > 0 ? { binary } : {}) };
          });
        }),
    });
  },
});
