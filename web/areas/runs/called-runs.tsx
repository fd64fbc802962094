import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useNames } from '../../data/use-names.ts';
import type { Client } from '../../../sdk/client/index.ts';
import { useClient } from '../../session/session.tsx';
import { useTexts, useTextsOf } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { Badge } from '../../ui/surface.tsx';
import { isOver, type RunHead, type RunView, type Step, TONES } from './status.ts';
import { runTexts } from './texts.ts';
import { Took } from './took.tsx';

const PAGE = 20;
const LIVE_MS = 2_000;

const calledQuery = (client: Client, run: RunView, step: number) =>
  infiniteQueryOptions({
    queryKey: ['run', run.id, 'called', step],
    queryFn: ({ pageParam, signal }) =>
      client.call(
        'GET /v1/runs/{id}/called',
        {
          params: { id: run.id },
          query: { step, limit: PAGE, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
        },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor,
    // what is called without waiting goes on when its caller is over
    refetchInterval: ({ state: { data } }) =>
      (data?.pages.length ?? 0) > 1 || (isOver(run) && data?.pages.every(({ runs }) => runs.every(isOver)))
        ? false
        : LIVE_MS,
  });

/** The runs that a step called, in their order, as far as the reader may see them. */
export function CalledRuns({ run, step }: { run: RunView; step: Step }) {
  const texts = useTexts();
  const own = useTextsOf(runTexts);
  const called = useInfiniteQuery(calledQuery(useClient(), run, step.index));
  const count = step.called ?? 0;
  const runs = (called.data?.pages ?? []).flatMap((page) => page.runs);
  const hidden = called.data && !called.hasNextPage && isOver(run) ? count - runs.length : 0;
  return (
    <section className="flex min-w-0 flex-col gap-1.5">
      <h3 className="text-sm font-medium text-soft">{own.called(count)}</h3>
      {called.error ? <ProblemBox error={called.error} onRetry={() => void called.refetch()} /> : null}
      <ul aria-label={own.called(count)} className="flex flex-col gap-1 text-sm">
        {runs.map((each) => (
          <CalledRun key={each.id} run={each} />
        ))}
      </ul>
      {hidden > 0 ? <p className="text-xs text-soft">{own.calledHidden(hidden)}</p> : null}
      {called.hasNextPage ? (
        <div>
          <Button isPending={called.isFetchingNextPage} onPress={() => void called.fetchNextPage()}>
            {texts.actions.more}
          </Button>
        </div>
      ) : null}
    </section>
  );
}

function CalledRun({ run }: { run: RunHead }) {
  const texts = useTexts();
  const names = useNames('workflow', run.workflow)?.names;
  return (
    <li className="flex min-w-0 flex-wrap items-center gap-x-3 sm:flex-nowrap">
      <Link
        to="/runs/$id"
        params={{ id: run.id }}
        search={{}}
        className="min-w-0 basis-full truncate text-accent underline-offset-2 hover:underline sm:flex-1"
      >
        {names?.get(run.workflow) ?? run.workflow} · {run.id}
      </Link>
      <Badge tone={TONES[run.status]}>{texts.runs.statuses[run.status]}</Badge>
      <span className="min-w-16 text-right whitespace-nowrap text-soft tabular-nums">
        <Took run={run} />
      </span>
    </li>
  );
}
