import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useClient, useSession } from '../../session/session.tsx';
import { useTexts, useTextsOf } from '../../text/index.tsx';
import { Badge, Card, Empty, Loading, Page } from '../../ui/surface.tsx';
import { Ago } from '../../ui/time.tsx';
import { workflowsQuery } from '../workflows/queries.ts';
import { markSeen, type Notice, noticesQuery, useSeenAt } from './queries.ts';
import { TEXTS } from './texts.ts';

export function NoticesPage() {
  const words = useTextsOf(TEXTS);
  const { loading } = useTexts();
  const client = useClient();
  const { tenant } = useSession();
  const notices = useQuery(noticesQuery(client));
  const seenAt = useSeenAt(tenant);
  // what is new stays marked while the page is open
  const [seenBefore] = useState(seenAt);
  const { data: known } = useQuery(workflowsQuery(client));
  const names = new Map(known?.workflows.map(({ id, name }) => [id, name]));
  const newest = notices.data?.[0]?.at ?? 0;
  useEffect(() => {
    if (newest > seenAt) markSeen(tenant, newest);
  }, [tenant, newest, seenAt]);
  if (!notices.data) return <Loading label={loading} />;
  return (
    <Page title={words.title}>
      {notices.data.length === 0 ? (
        <Card>
          <Empty title={words.emptyTitle}>{words.emptyText}</Empty>
        </Card>
      ) : (
        <Card>
          <ul aria-label={words.title}>
            {notices.data.map((notice) => (
              <li
                key={notice.id}
                className="flex items-start gap-3 border-b border-line px-4 py-3 text-sm last:border-0"
              >
                <Line
                  notice={notice}
                  name={notice.kind === 'run' ? (names.get(notice.workflow) ?? notice.workflow) : ''}
                />
                <span className="ml-auto flex shrink-0 items-center gap-2 text-soft">
                  {notice.at > seenBefore ? <Badge tone="busy">{words.fresh}</Badge> : null}
                  <Ago at={notice.at} />
                </span>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </Page>
  );
}

function Line({ notice, name }: { notice: Notice; name: string }) {
  const words = useTextsOf(TEXTS);
  if (notice.kind === 'limit') {
    const { meter, percent, kind } = notice.limit;
    return (
      <Link to="/settings/$section" params={{ section: 'usage' }} className="text-accent underline">
        {words.limit(meter, percent, kind === 'hard')}
      </Link>
    );
  }
  return (
    <span className="flex min-w-0 flex-col">
      <Link to="/runs/$id" params={{ id: notice.id }} className="text-accent underline">
        {words.failed(name)}
      </Link>
      <span className="break-words text-soft">{notice.error}</span>
    </span>
  );
}
