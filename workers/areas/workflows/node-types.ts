import { NODES } from '../../../core/nodes/registry.generated.ts';
import type { NodeType } from '../../../core/node/kit.ts';

export const NODE_TYPES: ReadonlyMap<string, NodeType> = new Map(NODES.map((node) => [node.type, node]));
