import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useClient } from '../../session/session.tsx';
import { useTextsOf } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { type BulkOutcome, each } from '../workflows/bulk.ts';
import { BulkFailures } from '../workflows/bulk-failures.tsx';
import { isOver, type RunHead } from './status.ts';
import { runTexts } from './texts.ts';

interface BulkBarProps {
  selected: readonly RunHead[];
  nameOf: (run: RunHead) => string;
  onClear: () => void;
}

interface Work {
  runs: readonly RunHead[];
  act: (run: RunHead) => Promise<unknown>;
}

/**
 * Retries or cancels all selected runs. What that means nothing for is left as it is, and said; what came of it stays
 * when what was selected is no longer in the list.
 */
export function BulkBar({ selected, nameOf, onClear }: BulkBarProps) {
  const own = useTextsOf(runTexts);
  const client = useClient();
  const queries = useQueryClient();
  const bulk = useMutation({
    mutationFn: async ({ runs, act }: Work): Promise<BulkOutcome & { left: number }> => ({
      ...(await each(runs, act, (run) => `${nameOf(run)} ${run.id}`)),
      left: selected.length - runs.length,
    }),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['runs'] }),
  });
  const over = selected.filter(isOver);
  const live = selected.filter((run) => !isOver(run));
  const params = ({ id }: RunHead) => ({ params: { id } });
  const buttons = (
    <>
      <strong className="mr-2 text-sm">{own.selected(selected.length)}</strong>
      <Button
        isDisabled={over.length === 0}
        isPending={bulk.isPending}
        onPress={() => bulk.mutate({ runs: over, act: (run) => client.call('POST /v1/runs/{id}/rerun', params(run)) })}
      >
        <Icon name="retry" />
        {own.retryAll}
      </Button>
      <Button
        look="danger"
        isDisabled={live.length === 0}
        isPending={bulk.isPending}
        onPress={() => bulk.mutate({ runs: live, act: (run) => client.call('POST /v1/runs/{id}/cancel', params(run)) })}
      >
        <Icon name="stop" />
        {own.cancelAll}
      </Button>
      <Button
        look="quiet"
        onPress={() => {
          bulk.reset();
          onClear();
        }}
      >
        {own.clearSelection}
      </Button>
    </>
  );
  if (selected.length === 0 && !bulk.data) return null;
  return (
    <div
      role="group"
      aria-label={own.bulk}
      className="flex flex-wrap items-center gap-2 border-b border-line bg-accent-soft px-4 py-2"
    >
      {selected.length > 0 ? buttons : null}
      <div role="status" className="w-full text-sm empty:hidden">
        {bulk.data ? <Outcome outcome={bulk.data} /> : null}
      </div>
    </div>
  );
}

function Outcome({ outcome: { done, failed, left } }: { outcome: BulkOutcome & { left: number } }) {
  const own = useTextsOf(runTexts);
  return (
    <>
      <p>
        {own.done(done)} {left > 0 ? own.left(left) : ''}
      </p>
      <BulkFailures title={own.notDone} failed={failed} />
    </>
  );
}
