import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { noticesQuery, useSeenAt } from '../../../areas/notices/queries.ts';
import { useClient, useSession } from '../../../session/session.tsx';
import { useTexts } from '../../../text/index.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { useFirstAnswer } from './use-first-answer.ts';

/** The way to what happened while one was away, with how much of it is new. */
export function NoticesLink({ className }: { className: string }) {
  const { nav } = useTexts();
  const client = useClient();
  const { tenant } = useSession();
  const { data = [] } = useQuery({ ...noticesQuery(client), enabled: useFirstAnswer() });
  const seenAt = useSeenAt(tenant);
  const fresh = data.filter(({ at }) => at > seenAt).length;
  return (
    <Link to="/notices" className={className}>
      <Icon name="bell" />
      <span className="max-md:sr-only">{nav.notices}</span>
      {fresh > 0 ? (
        <span className="ml-auto rounded-full bg-bad px-1.5 text-xs font-semibold text-card max-md:absolute max-md:-top-1 max-md:right-0 max-md:px-1 max-md:text-[0.625rem]">
          {fresh > 9 ? '9+' : fresh}
        </span>
      ) : null}
    </Link>
  );
}
