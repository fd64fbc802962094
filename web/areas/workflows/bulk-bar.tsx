import { useMutation, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { ApiError } from '../../../sdk/client/index.ts';
import { useClient } from '../../session/session.tsx';
import { useTexts, useTextsOf } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { saveAs } from '../../ui/save-as.ts';
import { type BulkOutcome, each, type Head } from './bulk.ts';
import { workflowTexts } from './texts.ts';

const MoveDialog = lazy(() =>
  import('./move-dialog.tsx').then(({ MoveDialog: component }) => ({ default: component })),
);
const TagDialog = lazy(() => import('./tag-dialog.tsx').then(({ TagDialog: component }) => ({ default: component })));
const RemoveDialog = lazy(() =>
  import('./remove-dialog.tsx').then(({ RemoveDialog: component }) => ({ default: component })),
);

type Asking = 'move' | 'tag' | 'remove' | undefined;

/** What can be done with all selected workflows at once. */
export function BulkBar({ selected, onClear }: { selected: readonly Head[]; onClear: () => void }) {
  const texts = useTexts();
  const own = useTextsOf(workflowTexts);
  const client = useClient();
  const queries = useQueryClient();
  const [asking, setAsking] = useState<Asking>();
  const bulk = useMutation({
    mutationFn: (act: (head: Head) => Promise<unknown>) => each(selected, act),
    onSettled: () => {
      setAsking(undefined);
      // not awaited: the next thing can be done while the list is read again
      for (const key of ['workflows', 'tags', 'places']) void queries.invalidateQueries({ queryKey: [key] });
    },
  });
  const exportAll = async (): Promise<void> => {
    const files: unknown[] = [];
    const outcome = await bulk.mutateAsync(async ({ id }) => {
      files.push(await client.call('GET /v1/workflows/{id}/export', { params: { id } }));
    });
    if (outcome.done > 0) saveAs('workflows.json', files.length === 1 ? files[0] : files);
  };
  const params = ({ id }: Head) => ({ params: { id } });
  const isBusy = bulk.isPending;
  return (
    <div
      role="group"
      aria-label={own.bulk}
      className="flex flex-wrap items-center gap-2 border-b border-line bg-accent-soft px-4 py-2"
    >
      <strong className="mr-2 text-sm">{own.selected(selected.length)}</strong>
      <Button isDisabled={isBusy} onPress={() => setAsking('move')}>
        {own.move}
      </Button>
      <Button isDisabled={isBusy} onPress={() => setAsking('tag')}>
        {own.setTags}
      </Button>
      <Button
        isDisabled={isBusy}
        onPress={() => bulk.mutate((head) => client.call('POST /v1/workflows/{id}/publish', params(head)))}
      >
        {own.publish}
      </Button>
      <Button
        isDisabled={isBusy}
        onPress={() => bulk.mutate((head) => client.call('POST /v1/workflows/{id}/unpublish', params(head)))}
      >
        {own.unpublish}
      </Button>
      <Button isDisabled={isBusy} onPress={() => void exportAll()}>
        {own.export}
      </Button>
      <Button look="danger" isDisabled={isBusy} onPress={() => setAsking('remove')}>
        {texts.actions.remove}
      </Button>
      <Button look="quiet" onPress={onClear}>
        {own.clear}
      </Button>
      <div role="status" className="w-full text-sm empty:hidden">
        {bulk.data ? <Outcome outcome={bulk.data} /> : null}
      </div>
      <Suspense>
        {asking === 'move' ? (
          <MoveDialog
            isBusy={isBusy}
            onClose={() => setAsking(undefined)}
            onMove={(to) =>
              bulk.mutate(({ id }) =>
                client.call('PUT /v1/placements/{kind}/{id}', { params: { kind: 'workflow', id }, body: to }),
              )
            }
          />
        ) : null}
        {asking === 'tag' ? (
          <TagDialog
            tags={selected.length === 1 ? (selected[0]?.tags ?? []) : []}
            isBusy={isBusy}
            onClose={() => setAsking(undefined)}
            onSave={(tags) =>
              bulk.mutate(({ id }) =>
                client.call('PUT /v1/tags/{kind}/{id}', { params: { kind: 'workflow', id }, body: { tags } }),
              )
            }
          />
        ) : null}
        {asking === 'remove' ? (
          <RemoveDialog
            text={
              selected.length === 1
                ? texts.workflows.removeText(selected[0]?.name ?? '')
                : own.removeMany(selected.length)
            }
            isBusy={isBusy}
            onCancel={() => setAsking(undefined)}
            onConfirm={() => bulk.mutate((head) => client.call('DELETE /v1/workflows/{id}', params(head)))}
          />
        ) : null}
      </Suspense>
    </div>
  );
}

function Outcome({ outcome: { done, failed } }: { outcome: BulkOutcome }) {
  const own = useTextsOf(workflowTexts);
  const { refusal } = useTexts();
  const told = (error: unknown): string => {
    if (!(error instanceof ApiError)) return String(error);
    const { text, hint } = refusal(error);
    return [text, hint].filter(Boolean).join(' ');
  };
  return (
    <>
      <p>{own.done(done)}</p>
      {failed.length > 0 ? (
        <div className="text-bad">
          <p>{own.failed}</p>
          <ul>
            {failed.map(({ name, error }) => (
              <li key={name}>
                {name}: {told(error)}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </>
  );
}
