import { queryOptions } from '@tanstack/react-query';
import type { Workflow } from '../../core/graph/document.ts';
import { runningType } from '../../core/graph/binding.ts';
import type { Client, OutputOf } from '../../sdk/client/index.ts';

export type NodeTypeView = OutputOf<'GET /v1/node-types'>['types'][number];
export type Catalog = ReadonlyMap<string, NodeTypeView>;

export const catalogQuery = (client: Client) =>
  queryOptions({
    queryKey: ['node-types'],
    queryFn: async ({ signal }): Promise<Catalog> => {
      const { types } = await client.call('GET /v1/node-types', {}, { signal });
      return new Map(types.map((type) => [type.type, type]));
    },
    staleTime: Infinity,
  });

export type Ports = ReadonlyMap<string, OutputOf<'POST /v1/node-types/ports'>['ports'][number]>;

/** Number of outputs a node shows: what its parameters make, what is wired, and one for errors if it has that. */
export function outputsOf(workflow: Workflow, ports: Ports | undefined, catalog: Catalog): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const node of workflow.nodes) {
    const own = ports?.get(node.id)?.outputs ?? catalog.get(runningType(node))?.outputs ?? 1;
    counts.set(node.id, own + (node.onError === 'error-output' ? 1 : 0));
  }
  for (const { from } of workflow.edges) {
    if (from.port === 'main') counts.set(from.node, Math.max(counts.get(from.node) ?? 1, from.index + 1));
  }
  return counts;
}
