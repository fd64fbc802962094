import { useRef } from 'react';
import type { WorkflowNode } from '../../core/graph/document.ts';

/** Names by id; the same map as long as nobody renames, adds or removes a step: edges are drawn by it. */
export function useNames(nodes: readonly WorkflowNode[]): ReadonlyMap<string, string> {
  const known = useRef<ReadonlyMap<string, string>>(new Map());
  const isSame = known.current.size === nodes.length && nodes.every(({ id, name }) => known.current.get(id) === name);
  if (!isSame) known.current = new Map(nodes.map(({ id, name }) => [id, name]));
  return known.current;
}
