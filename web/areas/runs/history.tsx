import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Client, OutputOf } from '../../../sdk/client/index.ts';
import { useClient } from '../../session/session.tsx';
import { useTextsOf } from '../../text/index.tsx';
import { Ago } from '../../ui/time.tsx';
import type { RunView } from './status.ts';
import { runTexts } from './texts.ts';
import { type Starter, useWho } from './who.ts';

type AuditRecord = OutputOf<'GET /v1/audit'>['records'][number];

const MAX_READ = 50;

/** What people did to a run, oldest first; nothing for those who may not read the audit log. */
const historyQuery = (client: Client, id: string, deeds: ReadonlySet<string>) =>
  queryOptions({
    queryKey: ['run', id, 'history'],
    queryFn: async ({ signal }): Promise<AuditRecord[]> => {
      const { records } = await client.call('GET /v1/audit', { query: { target: id, limit: MAX_READ } }, { signal });
      return records.filter(({ action, outcome }) => outcome === 'done' && deeds.has(action)).toReversed();
    },
    retry: false,
    staleTime: 10_000,
  });

/** Who canceled, paused, answered or decided, and when. */
export function RunHistory({ run }: { run: RunView }) {
  const own = useTextsOf(runTexts);
  const client = useClient();
  const deeds: Readonly<Record<string, string>> = own.deeds;
  const { data: records = [] } = useQuery(historyQuery(client, run.id, new Set(Object.keys(deeds))));
  // SAFETY: only members, keys and service accounts do what is shown here
  const whoIs = useWho(records.map(({ actor }) => actor as Starter));
  if (records.length === 0) return null;
  return (
    <ul aria-label={own.history} className="flex flex-wrap gap-x-5 gap-y-1 text-sm text-soft">
      {records.map((record) => (
        <li key={record.seq}>
          {deeds[record.action]}: <strong className="font-medium text-ink">{whoIs(record.actor)}</strong>,{' '}
          <Ago at={record.at} />
        </li>
      ))}
    </ul>
  );
}
