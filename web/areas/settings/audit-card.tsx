import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useClient } from '../../session/session.tsx';
import { useTexts } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { Badge, Card, Loading } from '../../ui/surface.tsx';
import { Table } from '../../ui/table.tsx';
import { Ago } from '../../ui/time.tsx';

const TONES = { done: 'good', refused: 'busy', failed: 'bad' } as const;

export function AuditCard() {
  const texts = useTexts();
  const client = useClient();
  const [action, setAction] = useState('');
  const wanted = action.trim();
  const audit = useInfiniteQuery({
    queryKey: ['audit', wanted],
    queryFn: ({ pageParam, signal }) =>
      client.call(
        'GET /v1/audit',
        {
          query: {
            limit: 25,
            ...(wanted === '' ? {} : { action: wanted }),
            ...(pageParam === undefined ? {} : { cursor: pageParam }),
          },
        },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor,
  });
  const rows = (audit.data?.pages ?? []).flatMap(({ records }) => records);
  return (
    <Card className="flex flex-col gap-3 p-4">
      <h2 className="text-base font-semibold">{texts.settings.audit}</h2>
      <p className="text-sm text-soft">{texts.settings.auditLead}</p>
      <div className="max-w-xs">
        <TextField
          label={texts.settings.action}
          value={action}
          onChange={setAction}
          placeholder="workflows.*"
          type="search"
        />
      </div>
      {audit.error ? <ProblemBox error={audit.error} /> : null}
      {audit.isPending ? <Loading label={texts.loading} /> : null}
      {rows.length > 0 ? (
        <Table
          label={texts.settings.audit}
          rows={rows}
          keyOf={({ seq }) => String(seq)}
          columns={[
            { id: 'when', title: texts.settings.when, cell: (record) => <Ago at={record.at} /> },
            {
              id: 'what',
              title: texts.settings.action,
              isHead: true,
              className: 'font-mono text-xs',
              cell: (record) => record.action,
            },
            {
              id: 'who',
              title: texts.settings.actor,
              className: 'font-mono text-xs',
              cell: ({ actor }) => `${actor.kind} ${actor.id}`,
            },
            {
              id: 'target',
              title: texts.settings.target,
              className: 'font-mono text-xs',
              cell: (record) => record.target ?? '',
            },
            {
              id: 'outcome',
              title: texts.workflows.state,
              cell: ({ outcome, status }) => <Badge tone={TONES[outcome]}>{status}</Badge>,
            },
          ]}
        />
      ) : null}
      {audit.hasNextPage ? (
        <div>
          <Button onPress={() => void audit.fetchNextPage()}>{texts.actions.more}</Button>
        </div>
      ) : null}
    </Card>
  );
}
