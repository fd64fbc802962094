import { useNavigate } from '@tanstack/react-router';
import { useTexts, useTextsOf } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Menu } from '../../ui/menu.tsx';
import type { Head } from './bulk.ts';
import { workflowTexts } from './texts.ts';
import type { BulkActions } from './use-bulk.tsx';

/** What can be done with one workflow of the list. */
export function RowMenu({ head, actions }: { head: Head; actions: BulkActions }) {
  const texts = useTexts();
  const own = useTextsOf(workflowTexts);
  const navigate = useNavigate();
  const { id, name, published } = head;
  const label = texts.workflows.actionsFor(name);
  return (
    <Menu
      label={label}
      entries={[
        { id: 'runs', text: own.runs, onAction: () => void navigate({ to: '/runs', search: { workflow: id } }) },
        {
          id: 'versions',
          text: own.versions,
          onAction: () => void navigate({ to: '/workflows/$id/versions', params: { id }, search: {} }),
        },
        { id: 'publish', text: own.publish, onAction: () => actions.publish([head]) },
        ...(published === null
          ? []
          : [{ id: 'unpublish', text: own.unpublish, onAction: () => actions.unpublish([head]) }]),
        { id: 'duplicate', text: own.duplicate, onAction: () => actions.duplicate(head) },
        { id: 'move', text: own.move, onAction: () => actions.ask('move', [head]) },
        { id: 'tag', text: own.setTags, onAction: () => actions.ask('tag', [head]) },
        { id: 'export', text: texts.workflows.exportN8n, onAction: () => actions.exportAll([head]) },
        { id: 'delete', text: texts.actions.remove, isDanger: true, onAction: () => actions.ask('remove', [head]) },
      ]}
      trigger={
        <Button look="quiet" square aria-label={label}>
          <Icon name="more" />
        </Button>
      }
    />
  );
}
