import { edgeKey } from '../../core/collaboration/shape.ts';
import type { Edge, Workflow } from '../../core/graph/document.ts';
import { useTexts } from '../text/index.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import type { Draft } from './draft/draft.ts';

interface EdgePanelProps {
  draft: Draft;
  workflow: Workflow;
  edge: Edge;
  /** How many the last run sent through it. */
  items: number | undefined;
  onInsert: () => void;
  onSelect: (ids: string[]) => void;
  onClose: () => void;
}

/** A connection: between what it is, and what can be done with it. */
export function EdgePanel({ draft, workflow, edge, items, onInsert, onSelect, onClose }: EdgePanelProps) {
  const texts = useTexts();
  const nameOf = (id: string): string => workflow.nodes.find((node) => node.id === id)?.name ?? '';
  const [from, to] = [nameOf(edge.from.node), nameOf(edge.to.node)];
  return (
    <section aria-label={texts.panel.connection(from, to)} className="flex h-full flex-col gap-3 overflow-auto p-3">
      <div className="flex items-start gap-1">
        <h2 className="min-w-0 flex-1 font-medium break-words">{texts.panel.connection(from, to)}</h2>
        <Button look="quiet" square aria-label={texts.actions.close} onPress={onClose}>
          <Icon name="close" />
        </Button>
      </div>
      {items === undefined ? null : <p className="text-sm text-soft">{texts.runs.items(items)}</p>}
      <div className="flex flex-wrap gap-2">
        {edge.from.port === 'main' ? (
          <Button look="main" onPress={onInsert}>
            <Icon name="plus" />
            {texts.panel.insertHere}
          </Button>
        ) : null}
        <Button onPress={() => onSelect([edge.from.node])}>{from}</Button>
        <Button onPress={() => onSelect([edge.to.node])}>{to}</Button>
        <Button look="danger" onPress={() => draft.edits.disconnect([edgeKey(edge)])}>
          <Icon name="trash" />
          {texts.panel.removeEdge}
        </Button>
      </div>
    </section>
  );
}
