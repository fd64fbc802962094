import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { OutputOf } from '../../../sdk/client/index.ts';
import { useClient } from '../../session/session.tsx';
import { useTexts } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Menu } from '../../ui/menu.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { Badge, Card, Empty, Loading, Page } from '../../ui/surface.tsx';
import { Table } from '../../ui/table.tsx';
import { Ago } from '../../ui/time.tsx';
import type { RunHead } from '../runs/status.ts';
import { saveAs } from '../../ui/save-as.ts';
import { recentRunsQuery, workflowsQuery } from './queries.ts';
import { useCreateWorkflow } from './use-create.ts';
import { RecentRuns } from './recent-runs.tsx';

const ImportDialog = lazy(() =>
  import('./import-dialog.tsx').then(({ ImportDialog: component }) => ({ default: component })),
);

const RemoveDialog = lazy(() =>
  import('./remove-dialog.tsx').then(({ RemoveDialog: component }) => ({ default: component })),
);

type Head = OutputOf<'GET /v1/workflows'>['workflows'][number];

export function WorkflowsPage() {
  const texts = useTexts();
  const client = useClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const search = useSearch({ from: '/workflows' });
  const [filter, setFilter] = useState('');
  const [doomed, setDoomed] = useState<Head>();
  const workflows = useQuery(workflowsQuery(client));
  const recent = useQuery(recentRunsQuery(client));
  const runsOf = useMemo(() => Map.groupBy(recent.data?.runs ?? [], (run: RunHead) => run.workflow), [recent.data]);

  const create = useCreateWorkflow();
  const remove = useMutation({
    mutationFn: (id: string) => client.call('DELETE /v1/workflows/{id}', { params: { id } }),
    onSettled: () => {
      setDoomed(undefined);
      return queries.invalidateQueries({ queryKey: ['workflows'] });
    },
  });
  const exportFile = useMutation({
    mutationFn: async ({ id, name }: Head) =>
      saveAs(`${name}.json`, await client.call('GET /v1/workflows/{id}/export', { params: { id } })),
  });
  const openImport = (): void => void navigate({ to: '/workflows', search: { import: 1 } });
  const all = workflows.data?.workflows ?? [];
  const shown = all.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase()));
  const buttons = (
    <>
      <Button onPress={openImport}>
        <Icon name="upload" />
        {texts.workflows.import}
      </Button>
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
      ) : workflows.data && all.length === 0 ? (
        <Card>
          <Empty title={texts.workflows.emptyTitle} actions={buttons}>
            {texts.workflows.emptyText}
          </Empty>
        </Card>
      ) : workflows.data ? (
        <Card>
          <div className="max-w-xs p-3">
            <TextField
              label={texts.workflows.search}
              placeholder={texts.workflows.search}
              hideLabel
              type="search"
              value={filter}
              onChange={setFilter}
            />
          </div>
          {shown.length === 0 ? (
            <p className="px-4 pb-4 text-sm text-soft">{texts.workflows.noMatch}</p>
          ) : (
            <Table
              label={texts.workflows.title}
              rows={shown}
              keyOf={({ id }) => id}
              columns={[
                {
                  id: 'name',
                  title: texts.workflows.name,
                  isHead: true,
                  cell: ({ id, name }) => (
                    <Link
                      to="/workflows/$id"
                      params={{ id }}
                      className="block truncate hover:text-accent hover:underline"
                    >
                      {name === '' ? texts.workflows.untitled : name}
                    </Link>
                  ),
                },
                {
                  id: 'state',
                  title: texts.workflows.state,
                  cell: ({ published }) =>
                    published === null ? (
                      <Badge tone="soft">{texts.workflows.draft}</Badge>
                    ) : (
                      <Badge tone="good">{texts.workflows.published(published)}</Badge>
                    ),
                },
                {
                  id: 'recent',
                  title: texts.workflows.recent,
                  cell: ({ id }) => <RecentRuns runs={runsOf.get(id) ?? []} />,
                },
                { id: 'changed', title: texts.workflows.changed, cell: ({ updatedAt }) => <Ago at={updatedAt} /> },
                {
                  id: 'more',
                  title: '',
                  className: 'w-10 text-right',
                  cell: (head) => (
                    <Menu
                      label={texts.workflows.actionsFor(head.name)}
                      entries={[
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
          )}
        </Card>
      ) : null}
      {search.import === 1 ? (
        <Suspense>
          <ImportDialog isOpen onClose={() => void navigate({ to: '/workflows', search: {} })} />
        </Suspense>
      ) : null}
      {doomed ? (
        <Suspense>
          <RemoveDialog
            name={doomed.name}
            isBusy={remove.isPending}
            onCancel={() => setDoomed(undefined)}
            onConfirm={() => remove.mutate(doomed.id)}
          />
        </Suspense>
      ) : null}
    </Page>
  );
}
