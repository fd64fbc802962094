import { useEffect, useRef, useState } from 'react';
import type { WorkflowNode } from '../../core/graph/document.ts';

/** Somebody who renames a step is waited for: all lines are laid out again when one is called otherwise. */
const QUIET_MS = 400;

/**
 * Names by id, which lines are read out with; the same map as long as nobody renames, adds or removes a step. A step
 * that comes or goes is there at once, a new name when its letters have come.
 */
export function useNames(nodes: readonly WorkflowNode[]): ReadonlyMap<string, string> {
  const known = useRef<ReadonlyMap<string, string>>(new Map());
  const [, setRead] = useState<ReadonlyMap<string, string>>();
  const isComplete = known.current.size === nodes.length && nodes.every(({ id }) => known.current.has(id));
  if (!isComplete) known.current = namesOf(nodes);
  useEffect(() => {
    if (nodes.every(({ id, name }) => known.current.get(id) === name)) return;
    const timer = setTimeout(() => {
      known.current = namesOf(nodes);
      setRead(known.current);
    }, QUIET_MS);
    return () => clearTimeout(timer);
  }, [nodes]);
  return known.current;
}

const namesOf = (nodes: readonly WorkflowNode[]): ReadonlyMap<string, string> =>
  new Map(nodes.map(({ id, name }) => [id, name]));
