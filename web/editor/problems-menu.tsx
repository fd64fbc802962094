import type { Workflow } from '../../core/graph/document.ts';
import { useTexts } from '../text/index.tsx';
import { Button } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';

interface ProblemsMenuProps {
  workflow: Workflow;
  /** By id of the step. */
  problems: ReadonlyMap<string, string>;
  onSelect: (ids: string[]) => void;
}

/** How many steps cannot run as they are; each leads to its step. */
export function ProblemsMenu({ workflow, problems, onSelect }: ProblemsMenuProps) {
  const { panel } = useTexts();
  if (problems.size === 0) return null;
  const entries = workflow.nodes.flatMap(({ id, name }) => {
    const problem = problems.get(id);
    return problem === undefined ? [] : [{ id, text: `${name}: ${problem}`, onAction: () => onSelect([id]) }];
  });
  return (
    <Menu
      label={panel.problems(entries.length)}
      entries={entries}
      trigger={
        <Button look="quiet" className="text-bad!">
          {panel.problems(entries.length)}
        </Button>
      }
    />
  );
}
