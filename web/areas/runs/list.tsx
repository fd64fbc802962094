import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useCatalog } from '../../canvas/use-catalog.ts';
import { useEnvironment } from '../../session/environment.ts';
import { useClient } from '../../session/session.tsx';
import { useTexts, useTextsOf } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { Badge, Card, Empty, Loading, Page } from '../../ui/surface.tsx';
import { Table } from '../../ui/table.tsx';
import { namesQuery } from '../../data/names.ts';
import { useSelection } from '../workflows/selection.ts';
import { BulkBar } from './bulk-bar.tsx';
import { columnsOf } from './columns.tsx';
import { Filters } from './filters.tsx';
import { InboxLink } from './inbox-link.tsx';
import { useLiveRuns } from './live.ts';
import { runsQuery } from './queries.ts';
import type { RunHead } from './status.ts';
import { runTexts } from './texts.ts';
import { useWho } from './who.ts';

const NO_NAMES: ReadonlyMap<string, string> = new Map();

export function RunsPage() {
  const texts = useTexts();
  const own = useTextsOf(runTexts);
  const client = useClient();
  const navigate = useNavigate();
  const search = useSearch({ from: '/runs' });
  const { environment } = useEnvironment();
  const isLive = useLiveRuns();
  const queries = useQueryClient();
  const query = runsQuery(client, { search, environment, isLive });
  const runs = useInfiniteQuery(query);
  const selection = useSelection();
  const { data: catalog } = useCatalog();
  const workflows = useQuery(namesQuery(client, 'workflow'));
  const names = workflows.data?.names ?? NO_NAMES;
  const rows = (runs.data?.pages ?? []).flatMap((page) => page.runs);
  const nameOf = ({ workflow, startedAt }: RunHead): string => {
    const isGone = workflows.data?.isWhole === true && startedAt < workflows.dataUpdatedAt;
    return names.get(workflow) ?? (workflows.isPending ? '…' : isGone ? own.nameless(workflow) : workflow);
  };
  const titleOf = (type: string): string => catalog?.get(type)?.title ?? type;
  const starters = rows.flatMap(({ startedBy }) => startedBy ?? []);
  const whoIs = useWho(starters);
  const selected = rows.filter(({ id }) => selection.has(id));
  /** Nothing moves under the eyes of somebody who has gone on to older ones. */
  const isReading = (runs.data?.pages.length ?? 0) > 1;
  const showNewest = (): void => {
    queries.setQueryData(
      query.queryKey,
      (held) => held && { pages: held.pages.slice(0, 1), pageParams: held.pageParams.slice(0, 1) },
    );
    void queries.invalidateQueries({ queryKey: query.queryKey });
    document.getElementById('main')?.scrollTo({ top: 0 });
  };
  const isFiltered = Object.keys(search).length > 0;
  const { hasNextPage, isFetching, isError, fetchNextPage } = runs;
  const isSearching = rows.length === 0 && hasNextPage;
  // a search that reads much answers in parts, which may be empty
  useEffect(() => {
    if (isSearching && !isFetching && !isError) void fetchNextPage();
  }, [isSearching, isFetching, isError, fetchNextPage]);
  return (
    <Page
      title={texts.runs.title}
      actions={
        <>
          <InboxLink />
          <Badge tone={isLive ? 'good' : 'soft'}>{isLive ? texts.runs.live : own.polled}</Badge>
        </>
      }
    >
      <Card>
        <Filters
          search={search}
          names={names}
          starters={new Map(starters.map((each) => [each.id, whoIs(each)]))}
          onChange={(next) => void navigate({ to: '/runs', search: next, replace: true })}
        />
        {runs.isPending || (isSearching && !isError) ? <Loading label={texts.loading} /> : null}
        {runs.error ? <ProblemBox error={runs.error} onRetry={() => void runs.refetch()} /> : null}
        {runs.data && rows.length === 0 && !isSearching ? (
          isFiltered ? (
            <p className="p-4 text-sm text-soft">{texts.runs.noMatch}</p>
          ) : (
            <Empty
              title={texts.runs.emptyTitle}
              actions={
                <Link to="/workflows" className="text-sm font-medium text-accent underline">
                  {texts.lost.home}
                </Link>
              }
            >
              {texts.runs.emptyText}
            </Empty>
          )
        ) : null}
        <BulkBar selected={selected} nameOf={nameOf} onClear={selection.clear} />
        {rows.length > 0 ? (
          <>
            <div className="flex items-center justify-between gap-3 px-4 pt-3 text-sm text-soft">
              <label className="flex w-fit cursor-pointer items-center gap-2">
                <input
                  type="checkbox"
                  checked={selected.length === rows.length}
                  onChange={() => selection.toggleAll(rows.map(({ id }) => id))}
                  className="size-4 accent-(--c-accent)"
                />
                {own.selectAll}
              </label>
              {isReading ? (
                <span className="flex items-center gap-3">
                  {own.standsStill}
                  <Button onPress={showNewest}>{own.newest}</Button>
                </span>
              ) : null}
            </div>
            <Table
              label={texts.runs.title}
              rows={rows}
              keyOf={({ id }) => id}
              columns={columnsOf({ texts, own, selection, nameOf, titleOf, whoIs })}
            />
          </>
        ) : null}
        {rows.length > 0 && hasNextPage ? (
          <div className="flex justify-center p-3">
            <Button isPending={runs.isFetchingNextPage} onPress={() => void runs.fetchNextPage()}>
              {texts.actions.more}
            </Button>
          </div>
        ) : null}
      </Card>
    </Page>
  );
}
