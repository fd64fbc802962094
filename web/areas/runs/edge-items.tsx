import type { Edge } from '../../../core/graph/document.ts';
import { DataView } from '../../data/data-view.tsx';
import { itemsOf, latestOf } from '../../data/items.ts';
import { useTextsOf } from '../../text/index.tsx';
import type { RunView } from './status.ts';
import { runTexts } from './texts.ts';

/** The items that last went through an edge. */
export function EdgeItems({ run, edge }: { run: RunView; edge: Edge }) {
  const own = useTextsOf(runTexts);
  const from = latestOf(run.nodes, edge.from.node);
  const to = latestOf(run.nodes, edge.to.node);
  const title = own.edge(from?.nodeName ?? edge.from.node, to?.nodeName ?? edge.to.node);
  return (
    <div className="flex min-w-0 flex-col gap-3 p-4">
      <h2 className="text-base font-semibold">{title}</h2>
      <DataView items={itemsOf(from, edge.from.index)} label={title} />
    </div>
  );
}
