import { useMemo, useRef } from 'react';
import type { Edge, Workflow } from '../../core/graph/document.ts';

/** A connection and the name of what it leads to. */
export interface Lead {
  edge: Edge;
  to: string;
}
export const NO_LEADS: readonly Lead[] = [];
const isSame = (a: readonly Lead[], b: readonly Lead[]): boolean =>
  a.length === b.length && a.every(({ edge, to }, index) => edge === b[index]?.edge && to === b[index]?.to);

/** Where each step leads; what did not change stays the same list, so that its row is not drawn again. */
export function useLeads({ nodes, edges }: Workflow): ReadonlyMap<string, readonly Lead[]> {
  const before = useRef<ReadonlyMap<string, readonly Lead[]>>(new Map());
  return useMemo(() => {
    const names = new Map(nodes.map(({ id, name }) => [id, name]));
    const leads = new Map<string, readonly Lead[]>();
    for (const [id, own] of Map.groupBy(edges, ({ from }) => from.node)) {
      const now = own.map((edge) => ({ edge, to: names.get(edge.to.node) ?? '' }));
      const known = before.current.get(id);
      leads.set(id, known && isSame(known, now) ? known : now);
    }
    before.current = leads;
    return leads;
  }, [nodes, edges]);
}
