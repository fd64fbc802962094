import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useClient } from '../../session/session.tsx';
import { useTexts, useTextsOf } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Menu } from '../../ui/menu.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { saveAs } from '../../ui/save-as.ts';
import { Card, Empty, Loading, Page } from '../../ui/surface.tsx';
import { Table } from '../../ui/table.tsx';
import type { RunHead } from '../runs/status.ts';
import type { Head } from './bulk.ts';
import { BulkBar } from './bulk-bar.tsx';
import { columnsOf } from './columns.tsx';
import { Filters } from './filters.tsx';
import { useLiveRuns } from '../runs/live.ts';
import { ownersQuery, placesQuery, recentRunsQuery, workflowListQuery } from './queries.ts';
import { narrowingOf, type WorkflowsSearch } from './search.ts';
import { useSelection } from './selection.ts';
import { workflowTexts } from './texts.ts';
import { useCreateWorkflow } from './use-create.ts';
import { useGiven } from './use-given.ts';

const ImportDialog = lazy(() =>
  import('./import-dialog.tsx').then(({ ImportDialog: component }) => ({ default: component })),
);
const TemplatesDialog = lazy(() =>
  import('./templates-dialog.tsx').then(({ TemplatesDialog: component }) => ({ default: component })),
);
const RemoveDialog = lazy(() =>
  import('./remove-dialog.tsx').then(({ RemoveDialog: component }) => ({ default: component })),
);

export function WorkflowsPage() {
  const texts = useTexts();
  const own = useTextsOf(workflowTexts);
  const client = useClient();
  const navigate = useNavigate();
  const search = useSearch({ from: '/workflows' });
  const selection = useSelection();
  const [doomed, setDoomed] = useState<Head>();
  const workflows = useInfiniteQuery(workflowListQuery(client, search));
  // names first; what stands beside them is asked for when they are there
  const enabled = !workflows.isPending;
  const recent = useQuery({ ...recentRunsQuery(client, useLiveRuns(!enabled)), enabled });
  const { data: owners = NOBODY } = useQuery({ ...ownersQuery(client), enabled });
  const { data: places = NOWHERE } = useQuery({ ...placesQuery(client), enabled });
  const runsOf = useMemo(() => Map.groupBy(recent.data?.runs ?? [], (run: RunHead) => run.workflow), [recent.data]);
  const { create, remove, exportFile } = useActions(() => setDoomed(undefined));
  const change = (part: WorkflowsSearch): void => {
    const next = Object.entries({ ...search, ...part }).filter(([, value]) => value !== '' && value !== undefined);
    void navigate({ to: '/workflows', search: Object.fromEntries(next), replace: true });
  };
  const [given, setGiven] = useGiven();
  useEffect(() => {
    if (given !== undefined && search.import !== 1) void navigate({ to: '/workflows', search: { import: 1 } });
  }, [given, search.import, navigate]);
  const shown = (workflows.data?.pages ?? []).flatMap((page) => page.workflows);
  const selected = shown.filter(({ id }) => selection.has(id));
  const isFiltered = Object.keys(narrowingOf(search)).length > 0;
  const buttons = (
    <>
      <Button onPress={() => change({ import: 1 })}>
        <Icon name="upload" />
        {texts.workflows.import}
      </Button>
      <Button onPress={() => change({ templates: 1 })}>{own.templates}</Button>
      <Button look="main" isDisabled={create.isPending} onPress={() => create.mutate()}>
        <Icon name="plus" />
        {texts.workflows.create}
      </Button>
    </>
  );
  const failure = create.error ?? remove.error ?? exportFile.error;
  return (
    <Page title={texts.workflows.title} actions={buttons}>
      {failure ? <ProblemBox error={failure} /> : null}
      {workflows.isPending ? <Loading label={texts.loading} /> : null}
      {workflows.error ? (
        <ProblemBox error={workflows.error} onRetry={() => void workflows.refetch()} />
      ) : workflows.data && shown.length === 0 && !isFiltered ? (
        <Card>
          <Empty title={texts.workflows.emptyTitle} actions={buttons}>
            {texts.workflows.emptyText}
          </Empty>
        </Card>
      ) : workflows.data ? (
        <Card>
          <Filters search={search} onChange={change} />
          {selected.length > 0 ? <BulkBar selected={selected} onClear={selection.clear} /> : null}
          {shown.length === 0 ? (
            <p className="p-4 text-sm text-soft">{own.noMatch}</p>
          ) : (
            <>
              <label className="flex w-fit cursor-pointer items-center gap-2 px-4 pt-3 text-sm text-soft">
                <input
                  type="checkbox"
                  checked={selected.length === shown.length}
                  onChange={() => selection.toggleAll(shown.map(({ id }) => id))}
                  className="size-4 accent-(--c-accent)"
                />
                {own.selectAll}
              </label>
              <Table
                label={texts.workflows.title}
                rows={shown}
                keyOf={({ id }) => id}
                columns={[
                  ...columnsOf({ texts, own, selection, owners, places, runsOf }),
                  {
                    id: 'more',
                    title: '',
                    className: 'w-10 text-right',
                    cell: (head) => (
                      <Menu
                        label={texts.workflows.actionsFor(head.name)}
                        entries={[
                          {
                            id: 'versions',
                            text: own.versions,
                            onAction: () =>
                              void navigate({ to: '/workflows/$id/versions', params: { id: head.id }, search: {} }),
                          },
                          { id: 'export', text: texts.workflows.exportN8n, onAction: () => exportFile.mutate(head) },
                          { id: 'delete', text: texts.actions.remove, isDanger: true, onAction: () => setDoomed(head) },
                        ]}
                        trigger={
                          <Button look="quiet" square aria-label={texts.workflows.actionsFor(head.name)}>
                            <Icon name="more" />
                          </Button>
                        }
                      />
                    ),
                  },
                ]}
              />
            </>
          )}
          {workflows.hasNextPage ? (
            <div className="flex justify-center p-3">
              <Button isDisabled={workflows.isFetchingNextPage} onPress={() => void workflows.fetchNextPage()}>
                {texts.actions.more}
              </Button>
            </div>
          ) : null}
        </Card>
      ) : null}
      <Suspense>
        {search.import === 1 ? (
          <ImportDialog
            given={given}
            onClose={() => {
              setGiven(undefined);
              void navigate({ to: '/workflows', search: {} });
            }}
          />
        ) : null}
        {search.templates === 1 ? (
          <TemplatesDialog onClose={() => void navigate({ to: '/workflows', search: {} })} />
        ) : null}
        {doomed ? (
          <RemoveDialog
            text={texts.workflows.removeText(doomed.name)}
            isBusy={remove.isPending}
            onCancel={() => setDoomed(undefined)}
            onConfirm={() => remove.mutate(doomed.id)}
          />
        ) : null}
      </Suspense>
    </Page>
  );
}

const NOBODY: ReadonlyMap<string, string> = new Map();
const NOWHERE: readonly never[] = [];

/** What can be done with one of them, and making a new one. */
function useActions(onRemoved: () => void) {
  const client = useClient();
  const queries = useQueryClient();
  const create = useCreateWorkflow();
  const remove = useMutation({
    mutationFn: (id: string) => client.call('DELETE /v1/workflows/{id}', { params: { id } }),
    onSettled: () => {
      onRemoved();
      return queries.invalidateQueries({ queryKey: ['workflows'] });
    },
  });
  const exportFile = useMutation({
    mutationFn: async ({ id, name }: Head) =>
      saveAs(`${name}.json`, await client.call('GET /v1/workflows/{id}/export', { params: { id } })),
  });
  return { create, remove, exportFile };
}
