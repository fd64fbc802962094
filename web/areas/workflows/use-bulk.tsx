import { useMutation, useQueryClient } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useEnvironment } from '../../session/environment.ts';
import { useClient } from '../../session/session.tsx';
import { useTexts, useTextsOf } from '../../text/index.tsx';
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

export type Question = 'move' | 'tag' | 'remove';

export interface BulkActions {
  isBusy: boolean;
  outcome: BulkOutcome | undefined;
  /** Opens the dialog that asks where to, which tags, or whether. */
  ask: (what: Question, heads: readonly Head[]) => void;
  /** Publishes in the environment that is chosen in the shell. */
  publish: (heads: readonly Head[]) => void;
  /** Takes no more triggers there. */
  unpublish: (heads: readonly Head[]) => void;
  exportAll: (heads: readonly Head[]) => void;
  duplicate: (head: Head) => void;
  dialogs: ReactNode;
}

interface Asking {
  what: Question;
  heads: readonly Head[];
}

interface Work {
  heads: readonly Head[];
  act: (head: Head) => Promise<unknown>;
  /** What was answered; absent when nothing was asked. */
  asked?: Asking | undefined;
}

/** What can be done with one workflow or with many at once. */
export function useBulk(): BulkActions {
  const texts = useTexts();
  const own = useTextsOf(workflowTexts);
  const client = useClient();
  const queries = useQueryClient();
  const { environment } = useEnvironment();
  const [asking, setAsking] = useState<Asking>();
  const bulk = useMutation({
    mutationFn: ({ heads, act }: Work) => each(heads, act, ({ name }) => name),
    onSettled: (outcome, _error, { asked }) => {
      // what came to nothing for every one of them is mended where it was asked, and what is asked by now stays open
      if (!outcome || outcome.done > 0) setAsking((now) => (now === asked ? undefined : now));
      // not awaited: the next thing can be done while the list is read again
      for (const key of ['workflows', 'tags', 'places']) void queries.invalidateQueries({ queryKey: [key] });
    },
  });
  const { isPending: isBusy, mutate } = bulk;
  const at = ({ id }: Head) => ({ params: { id } });
  const inEnvironment = (head: Head) => ({ ...at(head), query: { environment } });
  const exportAll = async (heads: readonly Head[]): Promise<void> => {
    const files: unknown[] = [];
    const act = async (head: Head) => files.push(await client.call('GET /v1/workflows/{id}/export', at(head)));
    const { done } = await bulk.mutateAsync({ heads, act });
    const [only] = heads;
    if (done > 0) saveAs(`${heads.length === 1 && only ? only.name : 'workflows'}.json`, done === 1 ? files[0] : files);
  };
  const duplicate = async (head: Head): Promise<unknown> => {
    const { document } = await client.call('GET /v1/workflows/{id}', at(head));
    // SAFETY: the API gives documents that passed validation
    return client.call('POST /v1/workflows', { body: { ...(document as object), name: own.copyOf(head.name) } });
  };
  const close = (): void => setAsking(undefined);
  const { what, heads = [] } = asking ?? {};
  const isAnswered = asking !== undefined && bulk.variables?.asked === asking;
  const error = isAnswered && bulk.data?.done === 0 ? bulk.data.failed[0]?.error : undefined;
  const ref = ({ id }: Head) => ({ kind: 'workflow', id }) as const;
  const dialogs = (
    <Suspense>
      {what === 'move' ? (
        <MoveDialog
          error={error}
          isBusy={isBusy}
          onClose={close}
          onMove={(to) =>
            mutate({
              heads,
              asked: asking,
              act: (head) => client.call('PUT /v1/placements/{kind}/{id}', { params: ref(head), body: to }),
            })
          }
        />
      ) : null}
      {what === 'tag' ? (
        <TagDialog
          tags={heads.length === 1 ? (heads[0]?.tags ?? []) : []}
          error={error}
          isBusy={isBusy}
          onClose={close}
          onSave={(tags) =>
            mutate({
              heads,
              asked: asking,
              act: (head) => client.call('PUT /v1/tags/{kind}/{id}', { params: ref(head), body: { tags } }),
            })
          }
        />
      ) : null}
      {what === 'remove' ? (
        <RemoveDialog
          text={heads.length === 1 ? texts.workflows.removeText(heads[0]?.name ?? '') : own.removeMany(heads.length)}
          error={error}
          isBusy={isBusy}
          onCancel={close}
          onConfirm={() =>
            mutate({ heads, asked: asking, act: (head) => client.call('DELETE /v1/workflows/{id}', at(head)) })
          }
        />
      ) : null}
    </Suspense>
  );
  return {
    isBusy,
    outcome: isAnswered ? undefined : bulk.data,
    ask: (question, all) => setAsking({ what: question, heads: all }),
    publish: (all) =>
      mutate({ heads: all, act: (head) => client.call('POST /v1/workflows/{id}/publish', inEnvironment(head)) }),
    unpublish: (all) =>
      mutate({ heads: all, act: (head) => client.call('POST /v1/workflows/{id}/unpublish', inEnvironment(head)) }),
    exportAll: (all) => void exportAll(all),
    duplicate: (head) => mutate({ heads: [head], act: duplicate }),
    dialogs,
  };
}
