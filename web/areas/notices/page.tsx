import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useClient, useSession } from '../../session/session.tsx';
import { useTexts, useTextsOf } from '../../text/index.tsx';
import { Said } from '../../text/said/index.tsx';
import { useMeterName } from '../../text/meters.ts';
import { ProblemBox } from '../../ui/problem.tsx';
import { Badge, Card, Empty, Loading, Page } from '../../ui/surface.tsx';
import { Ago } from '../../ui/time.tsx';
import { InboxLink } from '../runs/inbox-link.tsx';
import { useNames } from '../../data/use-names.ts';
import { markSeen, type Notice, noticesQuery, useSeenAt } from './queries.ts';
import { TEXTS } from './texts.ts';

export function NoticesPage() {
  const words = useTextsOf(TEXTS);
  const { loading } = useTexts();
  const client = useClient();
  const { tenant } = useSession();
  // whoever opens the page wants to know what is, not what was half a minute ago
  const notices = useQuery({ ...noticesQuery(client), refetchOnMount: 'always' });
  const seenAt = useSeenAt(tenant);
  // what is new stays marked while the page is open
  const [seenBefore] = useState(seenAt);
  const names = useNames('workflow')?.names;
  const newest = notices.data?.[0]?.at ?? 0;
  useEffect(() => {
    if (newest > seenAt) markSeen(tenant, newest);
  }, [tenant, newest, seenAt]);
  return (
    <Page title={words.title} actions={<InboxLink />}>
      {notices.error ? <ProblemBox error={notices.error} onRetry={() => void notices.refetch()} /> : null}
      {notices.isPending ? <Loading label={loading} /> : null}
      {!notices.data ? null : notices.data.length === 0 ? (
        <Card>
          <Empty title={words.emptyTitle}>{words.emptyText}</Empty>
        </Card>
      ) : (
        <Card>
          <ul aria-label={words.title}>
            {notices.data.map((notice) => (
              <li
                key={notice.id}
                className="flex items-start gap-x-3 gap-y-1 border-b border-line px-4 py-3 text-sm last:border-0 max-sm:flex-wrap"
              >
                <Line
                  notice={notice}
                  name={notice.kind === 'run' ? (names?.get(notice.workflow) ?? notice.workflow) : ''}
                />
                <span className="ml-auto flex shrink-0 items-center gap-2 text-soft max-sm:ml-0">
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
  const meterName = useMeterName();
  if (notice.kind === 'limit') {
    const { meter, percent, kind } = notice.limit;
    return (
      <Link to="/settings/$section" params={{ section: 'usage' }} className="text-accent underline">
        {words.limit(meterName(meter), percent, kind === 'hard')}
      </Link>
    );
  }
  return (
    <span className="flex min-w-0 flex-col max-sm:w-full">
      <Link to="/runs/$id" params={{ id: notice.id }} className="text-accent underline">
        {words.failed(name)}
      </Link>
      <span className="break-words text-soft">
        <Said text={notice.error} isData />
      </span>
    </span>
  );
}
