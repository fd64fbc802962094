import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useClient } from '../../session/session.tsx';
import { useTexts, useTextsOf } from '../../text/index.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { Card, Empty, Loading, Page } from '../../ui/surface.tsx';
import { Ago } from '../../ui/time.tsx';
import { useNames } from '../../data/use-names.ts';
import { Decision } from './decision.tsx';
import { useLiveRuns } from './live.ts';
import { inboxQuery, runQuery } from './queries.ts';
import type { RunHead } from './status.ts';
import { runTexts } from './texts.ts';

/** Every run that stands still until a person does something, with what can be done. */
export function InboxPage() {
  const texts = useTexts();
  const own = useTextsOf(runTexts);
  const client = useClient();
  const isLive = useLiveRuns();
  const inbox = useQuery(inboxQuery(client, isLive));
  const names = useNames('workflow')?.names;
  const groups: [string, readonly RunHead[]][] = inbox.data
    ? [
        [own.inDoubt, inbox.data.doubts],
        [own.approvals, inbox.data.approvals],
        [own.calls, inbox.data.calls],
      ]
    : [];
  const isEmpty = inbox.data !== undefined && groups.every(([, runs]) => runs.length === 0);
  return (
    <Page title={own.inbox}>
      <p className="text-sm text-soft">{own.inboxLead}</p>
      {inbox.isPending ? <Loading label={texts.loading} /> : null}
      {inbox.error ? <ProblemBox error={inbox.error} onRetry={() => void inbox.refetch()} /> : null}
      {isEmpty ? (
        <Card>
          <Empty title={own.nothing}>{own.nothingText}</Empty>
        </Card>
      ) : null}
      {groups
        .filter(([, runs]) => runs.length > 0)
        .map(([title, runs]) => (
          <section key={title} className="flex flex-col gap-3">
            <h2 className="text-base font-semibold">
              {title} <span className="font-normal text-soft">{runs.length}</span>
            </h2>
            <ul className="flex flex-col gap-3">
              {runs.map((run) => (
                <li key={run.id}>
                  <Entry run={run} name={names?.get(run.workflow) ?? run.workflow} isLive={isLive} />
                </li>
              ))}
            </ul>
          </section>
        ))}
    </Page>
  );
}

function Entry({ run, name, isLive }: { run: RunHead; name: string; isLive: boolean }) {
  const { data } = useQuery(runQuery(useClient(), run.id, isLive));
  return (
    <Card className="grid gap-4 p-4 md:grid-cols-[16rem_1fr]">
      <div className="flex min-w-0 flex-col gap-1 text-sm">
        <Link to="/runs/$id" params={{ id: run.id }} className="truncate font-medium text-accent underline">
          {name}
        </Link>
        <span className="truncate font-mono text-xs text-soft">{run.id}</span>
        <span className="text-soft">
          <Ago at={run.startedAt} />
        </span>
      </div>
      {data ? <Decision run={data} /> : null}
    </Card>
  );
}
