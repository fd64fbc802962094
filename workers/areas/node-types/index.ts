import type { JsonObject } from '../../../core/data/item.ts';
import { area } from '../../kit/area.ts';
import { contract, errors } from './contract.ts';
import { catalog, portsOf } from './service.ts';

export const nodeTypesArea = area('node-types', contract, errors).handle({
  list: () => ({ types: catalog() }),
  // SAFETY: parameters come out of JSON
  ports: ({ body }) => ({
    ports: body.nodes.map((node) => portsOf({ ...node, parameters: node.parameters as JsonObject })),
  }),
});

export { nodeTypesArea as area };
