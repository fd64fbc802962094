import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useClient } from '../../../session/session.tsx';
import { useTexts } from '../../../text/index.tsx';
import { Button } from '../../../ui/button.tsx';
import { ProblemBox } from '../../../ui/problem.tsx';
import { Badge, Card, Loading } from '../../../ui/surface.tsx';
import { Table } from '../../../ui/table.tsx';
import { Ago } from '../../../ui/time.tsx';
import { CollectionCard } from '../collections/collection-card.tsx';
import { sinks } from '../collections/deployment.tsx';
import type { SettingsSearch } from '../search.ts';
import { useSettingsTexts } from '../text/index.ts';
import { AuditDownload } from './audit-download.tsx';
import { AuditFilters } from './audit-filters.tsx';
import { RecordButtons } from './audit-record.tsx';
import { ActionName, ActorName, TargetName } from './audit-names.tsx';

const TONES = { done: 'good', refused: 'busy', failed: 'bad' } as const;

/** Reads are most of a log: they are shown to whoever asks for them, or for one kind of record by its name. */
function queryOf({ all, ...search }: SettingsSearch) {
  const isOne = search.action !== undefined && !search.action.endsWith('*');
  return { ...search, ...(all || isOne ? {} : { only: 'changes' as const }) };
}

/** The log, searched by what stands in the address: a search can be sent to somebody. */
export function Audit() {
  const words = useSettingsTexts();
  const { audit: texts } = words;
  const { actions, loading } = useTexts();
  const client = useClient();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as SettingsSearch;
  const audit = useInfiniteQuery({
    queryKey: ['audit', search],
    queryFn: ({ pageParam, signal }) =>
      client.call(
        'GET /v1/audit',
        { query: { ...queryOf(search), limit: 50, ...(pageParam === undefined ? {} : { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor,
  });
  const rows = (audit.data?.pages ?? []).flatMap(({ records }) => records);
  const set = (next: SettingsSearch): void =>
    void navigate({ to: '/settings/$section', params: { section: 'audit' }, search: next, replace: true });
  return (
    <>
      <Card className="flex flex-col gap-3 p-4">
        <header className="flex flex-wrap items-start justify-between gap-3">
          <p className="max-w-2xl text-sm text-soft">{texts.lead}</p>
          <AuditDownload />
        </header>
        <AuditFilters search={search} onChange={set} />
        {audit.error ? <ProblemBox error={audit.error} /> : null}
        {audit.isPending ? <Loading label={loading} /> : null}
        {audit.data && rows.length === 0 ? (
          <p className="text-sm text-soft">{Object.keys(search).length > 0 ? texts.noMatch : texts.noChange}</p>
        ) : null}
        {rows.length > 0 ? (
          <Table
            label={texts.title}
            rows={rows}
            isFlush
            keyOf={({ seq }) => String(seq)}
            columns={[
              { id: 'when', title: texts.when, cell: (record) => <Ago at={record.at} /> },
              {
                id: 'what',
                title: texts.action,
                isHead: true,
                cell: ({ action, count }) => <ActionName action={action} count={count} />,
              },
              {
                id: 'who',
                title: texts.actor,
                className: 'min-w-44',
                cell: ({ actor }) => <ActorName actor={actor} />,
              },
              {
                id: 'target',
                title: texts.target,
                className: 'min-w-44',
                cell: ({ action, target }) =>
                  target === undefined ? '' : <TargetName action={action} target={target} />,
              },
              {
                id: 'outcome',
                title: texts.outcome,
                cell: ({ outcome, status }) => (
                  <Badge tone={TONES[outcome]}>{`${texts.outcomes[outcome]} ${status}`}</Badge>
                ),
              },
              { id: 'do', title: '', cell: (record) => <RecordButtons record={record} onSearch={set} /> },
            ]}
          />
        ) : null}
        {audit.hasNextPage ? (
          <div>
            <Button onPress={() => void audit.fetchNextPage()}>{actions.more}</Button>
          </div>
        ) : null}
      </Card>
      <CollectionCard collection={sinks(words)} />
    </>
  );
}
