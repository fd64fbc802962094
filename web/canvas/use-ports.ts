import { useEffect, useRef, useState } from 'react';
import { runningType } from '../../core/graph/binding.ts';
import type { Workflow, WorkflowNode } from '../../core/graph/document.ts';
import type { Client } from '../../sdk/client/index.ts';
import type { Ports } from './node-types.ts';

/** Somebody who types is asked about once they pause. */
const QUIET_MS = 250;
const AGAIN_MS = 3_000;

const asked = (node: WorkflowNode) => {
  const { version = node.version, parameters } = node.binding ?? node;
  return { id: node.id, type: runningType(node), version, parameters };
};
/** What the answer depends on. */
type Cause = Pick<WorkflowNode, 'type' | 'version' | 'parameters' | 'binding'>;
const isSame = (a: Cause | undefined, b: Cause): boolean =>
  a !== undefined &&
  a.type === b.type &&
  a.version === b.version &&
  a.binding === b.binding &&
  a.parameters === b.parameters;

/** What every node has with its parameters: outputs, problems, a credential's type. Only nodes that changed are asked for. */
export function usePorts(client: Client, { nodes }: Workflow): Ports | undefined {
  const [ports, setPorts] = useState<Ports>();
  const answered = useRef(new Map<string, Cause>());
  useEffect(() => {
    const changed = nodes.filter((node) => !isSame(answered.current.get(node.id), node));
    if (changed.length === 0) return;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const ask = async (): Promise<void> => {
      try {
        const body = { nodes: changed.map(asked) };
        const answer = await client.call('POST /v1/node-types/ports', { body }, { signal: stop.signal });
        for (const node of changed) answered.current.set(node.id, node);
        setPorts((before) => new Map([...(before ?? []), ...answer.ports.map((port) => [port.id, port] as const)]));
      } catch {
        if (!stop.signal.aborted) timer = setTimeout(() => void ask(), AGAIN_MS);
      }
    };
    timer = setTimeout(() => void ask(), answered.current.size === 0 ? 0 : QUIET_MS);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [client, nodes]);
  return ports;
}
