import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useMemo } from 'react';
import { useNames } from '../../data/use-names.ts';
import { useClient } from '../../session/session.tsx';
import { useTexts, useTextsOf } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { Card, Empty, Loading, Page } from '../../ui/surface.tsx';
import { Table } from '../../ui/table.tsx';
import type { RunHead } from '../runs/status.ts';
import { useEnvironment } from '../../session/environment.ts';
import { Beginnings } from './beginnings.tsx';
import { BulkBar, BulkOutcomeNote } from './bulk-bar.tsx';
import { columnsOf } from './columns.tsx';
import { Filters } from './filters.tsx';
import { useLiveRuns } from '../runs/live.ts';
import { placesQuery, recentRunsQuery, workflowListQuery } from './queries.ts';
import { PlaceBar } from './place-bar.tsx';
import { RowMenu } from './row-menu.tsx';
import { narrowingOf, type WorkflowsChange } from './search.ts';
import { useSelection } from './selection.ts';
import { workflowTexts } from './texts.ts';
import { useBulk } from './use-bulk.tsx';
import { useCreateWorkflow } from './use-create.ts';

const ImportDialog = lazy(() =>
  import('./import-dialog.tsx').then(({ ImportDialog: component }) => ({ default: component })),
);
const TemplatesDialog = lazy(() =>
  import('./templates-dialog.tsx').then(({ TemplatesDialog: component }) => ({ default: component })),
);
export function WorkflowsPage() {
  const texts = useTexts();
  const own = useTextsOf(workflowTexts);
  const client = useClient();
  const navigate = useNavigate();
  const search = useSearch({ from: '/workflows' });
  const selection = useSelection();
  const { environment } = useEnvironment();
  const actions = useBulk();
  const create = useCreateWorkflow();
  const workflows = useInfiniteQuery(workflowListQuery(client, search, environment));
  // names first; what stands beside them is asked for when they are there
  const enabled = !workflows.isPending;
  const recent = useQuery({ ...recentRunsQuery(client, useLiveRuns(!enabled)), enabled });
  const members = useNames(enabled ? 'member' : undefined)?.names ?? NOBODY;
  const { data: places = NOWHERE } = useQuery({ ...placesQuery(client), enabled });
  const runsOf = useMemo(() => Map.groupBy(recent.data?.runs ?? [], (run: RunHead) => run.workflow), [recent.data]);
  const change = (part: WorkflowsChange): void => {
    const next = Object.entries({ ...search, ...part }).filter(([, value]) => value !== '' && value !== undefined);
    void navigate({ to: '/workflows', search: Object.fromEntries(next), replace: true });
  };
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
      <Button look="main" isPending={create.isPending} onPress={() => create.mutate()}>
        <Icon name="plus" />
        {texts.workflows.create}
      </Button>
    </>
  );
  const isNew = !isFiltered && workflows.data !== undefined && shown.length <= 1 && recent.data?.runs.length === 0;
  return (
    <Page title={texts.workflows.title} actions={buttons}>
      {create.error ? <ProblemBox error={create.error} /> : null}
      {isNew ? <Beginnings onCreate={() => create.mutate()} example={shown[0]?.id} /> : null}
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
          {search.place === undefined ? null : <PlaceBar id={search.place} />}
          {selected.length > 0 ? <BulkBar selected={selected} actions={actions} onClear={selection.clear} /> : null}
          <BulkOutcomeNote outcome={actions.outcome} />
          {shown.length === 0 ? (
            <div className="flex items-center gap-4 p-4 text-sm text-soft">
              {own.noMatch}
              <Button onPress={() => void navigate({ to: '/workflows', search: {}, replace: true })}>
                {own.clearFilters}
              </Button>
            </div>
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
                  ...columnsOf({ texts, own, selection, members, places, runsOf }),
                  {
                    id: 'more',
                    title: '',
                    className: 'w-10 text-right',
                    cell: (head) => <RowMenu head={head} actions={actions} />,
                  },
                ]}
              />
            </>
          )}
          {workflows.hasNextPage ? (
            <div className="flex justify-center p-3">
              <Button isPending={workflows.isFetchingNextPage} onPress={() => void workflows.fetchNextPage()}>
                {texts.actions.more}
              </Button>
            </div>
          ) : null}
        </Card>
      ) : null}
      {actions.dialogs}
      <Suspense>
        {search.import === 1 ? <ImportDialog onClose={() => change({ import: undefined })} /> : null}
        {search.templates === 1 ? <TemplatesDialog onClose={() => change({ templates: undefined })} /> : null}
      </Suspense>
    </Page>
  );
}

const NOBODY: ReadonlyMap<string, string> = new Map();
const NOWHERE: readonly never[] = [];
