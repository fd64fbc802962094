import type { Json, JsonObject } from '../data/item.ts';
import type { GraphNode } from '../graph/graph.ts';
import type { CompileKit, NodeExecutor, NodeType } from './kit.ts';
import { compileValue } from './param.ts';

/** Own properties only, along a dotted path. */
function ownPath(from: JsonObject, path: string): Json | undefined {
  let value: Json | undefined = from;
  for (const key of path.split('.')) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined;
    value = (value as JsonObject)[key];
  }
  return value;
}

/** Turns a node of the document into something that runs. Throws NodeError for parameters that cannot work. */
export function compileNode(type: NodeType, { def, inputCount }: GraphNode): NodeExecutor {
  const defaults = type.defaults?.(def.version) ?? {};
  const raw = (path: string): Json | undefined => ownPath(def.parameters, path) ?? ownPath(defaults, path);
  const kit: CompileKit = {
    node: def,
    inputCount,
    raw,
    value: compileValue,
    param: <T extends Json = Json>(path: string, fallback?: T) => compileValue<T>(raw(path) ?? fallback),
  };
  return type.compile(kit);
}
