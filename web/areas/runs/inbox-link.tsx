import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useClient } from '../../session/session.tsx';
import { useTextsOf } from '../../text/index.tsx';
import { useLiveRuns } from './live.ts';
import { inboxQuery } from './queries.ts';
import { runTexts } from './texts.ts';

/** Leads to what waits for people, with how many that are. */
export function InboxLink() {
  const own = useTextsOf(runTexts);
  const { data } = useQuery(inboxQuery(useClient(), useLiveRuns()));
  const count = data ? data.doubts.length + data.approvals.length + data.calls.length : 0;
  return (
    <Link
      to="/runs/inbox"
      className="inline-flex h-8 items-center gap-2 rounded-md border border-line bg-card px-3 text-sm font-medium hover:bg-well"
    >
      {own.inbox}
      {count === 0 ? null : <span className="rounded-full bg-accent px-1.5 text-xs text-on-accent">{count}</span>}
    </Link>
  );
}
