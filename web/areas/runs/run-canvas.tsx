import { useMemo } from 'react';
import type { Workflow } from '../../../core/graph/document.ts';
import { useClient } from '../../session/session.tsx';
import { Canvas } from '../../canvas/canvas.tsx';
import { outputsOf } from '../../canvas/node-types.ts';
import { useCatalog } from '../../canvas/use-catalog.ts';
import { usePorts } from '../../canvas/use-ports.ts';
import { useTexts } from '../../text/index.tsx';
import { marksOf } from './marks.ts';
import type { RunView } from './status.ts';

const NOTHING: ReadonlyMap<string, string> = new Map();
const EMPTY: Workflow = { schema: 1, name: '', nodes: [], edges: [], settings: {}, notes: [], pinned: [] };

/** The run on the drawing of its version. A draft may have moved on: steps of nodes that are gone are in the timeline. */
export function RunCanvas({
  run,
  workflow,
  selected,
  onSelect,
  onEdge,
}: {
  run: RunView;
  workflow: Workflow | undefined;
  selected: string | undefined;
  onSelect: (node: string) => void;
  /** By the key of the edge (core/collaboration). */
  onEdge: (key: string) => void;
}) {
  const texts = useTexts();
  const client = useClient();
  const { data: catalog } = useCatalog();
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
      onEdge={(key) => key !== undefined && onEdge(key)}
      onSelect={(ids) => {
        const node = ids.find((id) => id !== selected) ?? ids[0];
        if (node !== undefined) onSelect(node);
      }}
    />
  );
}
