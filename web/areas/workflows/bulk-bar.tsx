import { useTexts, useTextsOf } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import type { BulkOutcome, Head } from './bulk.ts';
import { BulkFailures } from './bulk-failures.tsx';
import { workflowTexts } from './texts.ts';
import type { BulkActions } from './use-bulk.tsx';

interface BulkBarProps {
  selected: readonly Head[];
  actions: BulkActions;
  onClear: () => void;
}

/** What can be done with all selected workflows at once. */
export function BulkBar({ selected, actions, onClear }: BulkBarProps) {
  const texts = useTexts();
  const own = useTextsOf(workflowTexts);
  const { isBusy, ask, publish, unpublish, exportAll } = actions;
  return (
    <div
      role="group"
      aria-label={own.bulk}
      className="flex flex-wrap items-center gap-2 border-b border-line bg-accent-soft px-4 py-2"
    >
      <strong className="mr-2 text-sm">{own.selected(selected.length)}</strong>
      <Button isPending={isBusy} onPress={() => ask('move', selected)}>
        {own.move}
      </Button>
      <Button isPending={isBusy} onPress={() => ask('tag', selected)}>
        {own.setTags}
      </Button>
      <Button isPending={isBusy} onPress={() => publish(selected)}>
        {own.publish}
      </Button>
      <Button isPending={isBusy} onPress={() => unpublish(selected)}>
        {own.unpublish}
      </Button>
      <Button isPending={isBusy} onPress={() => exportAll(selected)}>
        {own.export}
      </Button>
      <Button look="danger" isPending={isBusy} onPress={() => ask('remove', selected)}>
        {texts.actions.remove}
      </Button>
      <Button look="quiet" onPress={onClear}>
        {own.clear}
      </Button>
    </div>
  );
}

/** What came of it; it stays when what was selected is gone. */
export function BulkOutcomeNote({ outcome }: { outcome: BulkOutcome | undefined }) {
  const own = useTextsOf(workflowTexts);
  return (
    <div role="status" aria-label={own.bulk} className="border-b border-line px-4 py-2 text-sm empty:hidden">
      {outcome ? (
        <>
          {outcome.done > 0 || outcome.failed.length === 0 ? <p>{own.done(outcome.done)}</p> : null}
          <BulkFailures title={own.failed} failed={outcome.failed} />
        </>
      ) : null}
    </div>
  );
}
