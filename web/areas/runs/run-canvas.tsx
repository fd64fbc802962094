import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { edgeKey } from '../../../core/collaboration/shape.ts';
import type { Edge, Workflow } from '../../../core/graph/document.ts';
import { useClient } from '../../session/session.tsx';
import { Canvas } from '../../canvas/canvas.tsx';
import { catalogQuery, outputsOf } from '../../canvas/node-types.ts';
import { usePorts } from '../../canvas/use-ports.ts';
import { useTexts } from '../../text/index.tsx';
import { workflowQuery } from '../workflows/queries.ts';
import { marksOf } from './marks.ts';
import type { RunView } from './status.ts';

const NOTHING: ReadonlyMap<string, string> = new Map();
const EMPTY: Workflow = { schema: 1, name: '', nodes: [], edges: [], settings: {}, notes: [], pinned: [] };

/** The run on its workflow's drawing. The draft may have moved on: steps of nodes that are gone are in the timeline. */
export function RunCanvas({
  run,
  selected,
  onSelect,
  onEdge,
}: {
  run: RunView;
  selected: string | undefined;
  onSelect: (node: string) => void;
  onEdge: (edge: Edge) => void;
}) {
  const texts = useTexts();
  const client = useClient();
  const { data: catalog } = useQuery(catalogQuery(client));
  const { data: view } = useQuery(workflowQuery(client, run.workflow));
  // SAFETY: the API gives documents that passed validation
  const workflow = view?.document as Workflow | undefined;
  const ports = usePorts(client, workflow ?? EMPTY);
  const marks = useMemo(() => marksOf(run.nodes, texts), [run.nodes, texts]);
  const facts = useMemo(
    () =>
      workflow && catalog
        ? {
            catalog,
            marks,
            outputs: outputsOf(workflow, ports, catalog),
            faults: NOTHING,
            selected: new Set(selected === undefined ? [] : [selected]),
          }
        : undefined,
    [workflow, catalog, ports, marks, selected],
  );
  if (!facts || !workflow) return null;
  return (
    <Canvas
      workflow={workflow}
      facts={facts}
      onEdge={(key) => {
        const edge = workflow.edges.find((each) => edgeKey(each) === key);
        if (edge) onEdge(edge);
      }}
      onSelect={(ids) => {
        const node = ids.find((id) => id !== selected) ?? ids[0];
        if (node !== undefined) onSelect(node);
      }}
    />
  );
}
