import type { Registry } from '../../../core/engine/program.ts';
import { NODES } from '../../../core/nodes/registry.generated.ts';

export const REGISTRY: Registry = new Map(NODES.map((node) => [node.type, node]));
