import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useEnvironment } from '../../session/environment.ts';
import { useClient } from '../../session/session.tsx';
import { useTexts, useTextsOf } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { Badge, Card, Empty, Loading, Page } from '../../ui/surface.tsx';
import { Table } from '../../ui/table.tsx';
import { Ago, durationText } from '../../ui/time.tsx';
import { workflowsQuery } from '../workflows/queries.ts';
import { Filters } from './filters.tsx';
import { InboxLink } from './inbox-link.tsx';
import { useLiveRuns } from './live.ts';
import { runsQuery } from './queries.ts';
import { isOver, TONES } from './status.ts';
import { runTexts } from './texts.ts';

export function RunsPage() {
  const texts = useTexts();
  const own = useTextsOf(runTexts);
  const client = useClient();
  const navigate = useNavigate();
  const search = useSearch({ from: '/runs' });
  const { environment } = useEnvironment();
  const runs = useInfiniteQuery(runsQuery(client, { search, environment, isLive: useLiveRuns() }));
  const workflows = useQuery(workflowsQuery(client));
  const names = new Map((workflows.data?.workflows ?? []).map(({ id, name }) => [id, name]));
  const rows = (runs.data?.pages ?? []).flatMap((page) => page.runs);
  const isFiltered = Object.keys(search).length > 0;
  const { hasNextPage, isFetching, fetchNextPage } = runs;
  const isSearching = rows.length === 0 && hasNextPage;
  // a search that reads much answers in parts, which may be empty
  useEffect(() => {
    if (isSearching && !isFetching) void fetchNextPage();
  }, [isSearching, isFetching, fetchNextPage]);
  return (
    <Page
      title={texts.runs.title}
      actions={
        <>
          <InboxLink />
          <Badge tone="good">{texts.runs.live}</Badge>
        </>
      }
    >
      <Card>
        <Filters
          search={search}
          names={names}
          onChange={(next) => void navigate({ to: '/runs', search: next, replace: true })}
        />
        {runs.isPending || isSearching ? <Loading label={texts.loading} /> : null}
        {runs.error ? <ProblemBox error={runs.error} onRetry={() => void runs.refetch()} /> : null}
        {runs.data && rows.length === 0 && !isSearching ? (
          isFiltered ? (
            <p className="p-4 text-sm text-soft">{texts.runs.noMatch}</p>
          ) : (
            <Empty title={texts.runs.emptyTitle}>{texts.runs.emptyText}</Empty>
          )
        ) : null}
        {rows.length > 0 ? (
          <Table
            label={texts.runs.title}
            rows={rows}
            keyOf={({ id }) => id}
            columns={[
              {
                id: 'status',
                title: texts.runs.status,
                cell: (run) => <Badge tone={TONES[run.status]}>{texts.runs.statuses[run.status]}</Badge>,
              },
              {
                id: 'workflow',
                title: texts.runs.workflow,
                isHead: true,
                cell: (run) => (
                  <Link
                    to="/runs/$id"
                    params={{ id: run.id }}
                    className="flex min-w-0 flex-col hover:text-accent [&>span:first-child]:hover:underline"
                  >
                    <span className="truncate">{names.get(run.workflow) ?? run.workflow}</span>
                    <span className="truncate text-xs font-normal text-soft">{run.error?.message ?? run.id}</span>
                  </Link>
                ),
              },
              { id: 'trigger', title: texts.runs.trigger, cell: (run) => run.trigger },
              {
                id: 'version',
                title: own.version,
                cell: (run) => (
                  <span className="block max-w-24 truncate font-mono text-xs">
                    {run.version.startsWith('draft:') ? texts.workflows.draft : run.version}
                  </span>
                ),
              },
              { id: 'started', title: texts.runs.started, cell: (run) => <Ago at={run.startedAt} /> },
              {
                id: 'took',
                title: texts.runs.took,
                className: 'tabular-nums whitespace-nowrap',
                cell: (run) =>
                  isOver(run) && run.finishedAt !== undefined ? durationText(run.finishedAt - run.startedAt) : '…',
              },
              { id: 'steps', title: texts.runs.steps, className: 'text-right tabular-nums', cell: (run) => run.steps },
            ]}
          />
        ) : null}
        {rows.length > 0 && hasNextPage ? (
          <div className="flex justify-center p-3">
            <Button isDisabled={runs.isFetchingNextPage} onPress={() => void runs.fetchNextPage()}>
              {texts.actions.more}
            </Button>
          </div>
        ) : null}
      </Card>
    </Page>
  );
}
