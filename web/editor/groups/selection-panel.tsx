import type { Workflow } from '../../../core/graph/document.ts';
import { isAmong } from '../../../core/graph/group.ts';
import { useTexts } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { Draft } from '../draft/draft.ts';
import { isOff } from '../use-step-actions.ts';

interface SelectionPanelProps {
  draft: Draft;
  workflow: Workflow;
  /** Ids of steps, notes and groups. */
  selected: readonly string[];
  onGroup: () => void;
  /** Switches the steps off, or on again when all are off. */
  onToggle: () => void;
  onSelect: (ids: string[]) => void;
}

/** Several steps at once: what can be done with all of them. */
export function SelectionPanel({ draft, workflow, selected, onGroup, onToggle, onSelect }: SelectionPanelProps) {
  const texts = useTexts();
  const { panel, actions } = texts;
  const chosen = new Set(selected);
  const nodes = workflow.nodes.filter((node) => isAmong(node, chosen));
  return (
    <section aria-label={panel.chosenSteps(selected.length)} className="flex h-full flex-col gap-3 overflow-auto p-3">
      <div className="flex items-center gap-1">
        <h2 className="flex-1 font-medium">{panel.chosenSteps(selected.length)}</h2>
        <Button look="quiet" square aria-label={actions.close} onPress={() => onSelect([])}>
          <Icon name="close" />
        </Button>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button look="main" onPress={onGroup}>
          {panel.groupThem}
        </Button>
        {nodes.length > 0 ? (
          <Button onPress={onToggle}>{isOff(draft, selected) ? panel.switchOn : panel.switchOff}</Button>
        ) : null}
        <Button look="danger" onPress={() => draft.edits.remove(chosen)}>
          <Icon name="trash" />
          {panel.removeThem}
        </Button>
      </div>
      <ul className="flex flex-col">
        {nodes.map(({ id, name }) => (
          <li key={id}>
            <button
              type="button"
              onClick={() => onSelect([id])}
              className="w-full cursor-pointer truncate rounded px-1 text-left text-sm hover:bg-well"
            >
              {name}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
