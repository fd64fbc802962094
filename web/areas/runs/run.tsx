import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { edgeKey } from '../../../core/collaboration/shape.ts';
import type { Workflow } from '../../../core/graph/document.ts';
import { ApiError } from '../../../sdk/client/index.ts';
import { RunFiles } from '../../data/run-files.ts';
import { useClient } from '../../session/session.tsx';
import { useTexts, useTextsOf } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { Card, Empty, Loading, Page } from '../../ui/surface.tsx';
import { Decision } from './decision.tsx';
import { EdgeItems } from './edge-items.tsx';
import { RunFacts } from './facts.tsx';
import { RunHistory } from './history.tsx';
import { useFollowedRun } from './live.ts';
import { runDocumentQuery } from './queries.ts';
import { useRunActions } from './run-actions.tsx';
import type { RunSearch } from './search.ts';
import { isOver, type RunView } from './status.ts';
import { StepDetails } from './step-details.tsx';
import { runTexts } from './texts.ts';
import { Timeline } from './timeline.tsx';

const RunCanvas = lazy(() => import('./run-canvas.tsx').then(({ RunCanvas: component }) => ({ default: component })));

export function RunPage() {
  const texts = useTexts();
  const own = useTextsOf(runTexts);
  const { id } = useParams({ from: '/runs/$id' });
  const run = useFollowedRun(id);
  if (run.error instanceof ApiError && run.error.status === 404) {
    return (
      <Page title={texts.runs.run}>
        <Card>
          <Empty title={own.notYours}>{own.notYoursHint}</Empty>
        </Card>
      </Page>
    );
  }
  if (run.error && !run.data) {
    return (
      <Page title={texts.runs.run}>
        <ProblemBox error={run.error} onRetry={() => void run.refetch()} />
      </Page>
    );
  }
  return run.data ? (
    <RunFiles value={id}>
      <Opened key={id} run={run.data} unread={run.error} />
    </RunFiles>
  ) : (
    <Loading label={texts.loading} />
  );
}

interface OpenedProps {
  run: RunView;
  /** Why it could not be read again: what is shown may be old, and what was typed stays. */
  unread: unknown;
}

function Opened({ run, unread }: OpenedProps) {
  const texts = useTexts();
  const client = useClient();
  const navigate = useNavigate();
  const { step: chosen, edge: edgeName } = useSearch({ from: '/runs/$id' });
  const { data: document } = useQuery(runDocumentQuery(client, run));
  // SAFETY: the API gives documents that passed validation
  const workflow = document as Workflow | undefined;
  const { buttons, dialog, error, isBusy, rerunFrom } = useRunActions(run);
  /** The address says what is looked at: a link leads to the same step. */
  const show = (search: RunSearch): void =>
    void navigate({ to: '/runs/$id', params: { id: run.id }, search, replace: true, resetScroll: false });
  const choose = (index: number | undefined): void => show(index === undefined ? {} : { step: index });
  const step =
    run.nodes.find(({ index }) => index === chosen) ??
    run.nodes.find(({ status }) => status === 'error') ??
    run.nodes.at(-1);
  const edge = workflow?.edges.find((each) => edgeKey(each) === edgeName);
  return (
    <Page title={workflow?.name ? `${workflow.name} · ${run.id}` : `${texts.runs.run} ${run.id}`} actions={buttons}>
      {error || unread ? <ProblemBox error={error ?? unread} /> : null}
      {dialog}
      <RunFacts run={run} />
      <RunHistory run={run} />
      {run.status === 'waiting' && (run.waitingFor === 'in-doubt' || run.resumeUrls) ? (
        <Card className="border-wait p-4">
          <Decision run={run} />
        </Card>
      ) : null}
      <Card className="h-72 overflow-hidden">
        <Suspense fallback={<Loading label={texts.loading} />}>
          <RunCanvas
            run={run}
            workflow={workflow}
            selected={step?.node}
            onSelect={(node) => choose(run.nodes.findLast((each) => each.node === node)?.index)}
            onEdge={(key) => show({ edge: key })}
          />
        </Suspense>
      </Card>
      <div className="grid gap-4 lg:grid-cols-2">
        <Card className="min-w-0 overflow-hidden py-2">
          <Timeline run={run} selected={step?.index} onSelect={choose} />
        </Card>
        <Card className="min-w-0">
          {edge ? (
            <EdgeItems run={run} edge={edge} />
          ) : step ? (
            <>
              <StepDetails run={run} step={step} />
              {isOver(run) ? (
                <div className="border-t border-line p-3">
                  <Button isPending={isBusy} onPress={() => rerunFrom(step.node)}>
                    <Icon name="retry" />
                    {texts.runs.rerunFrom}
                  </Button>
                </div>
              ) : null}
            </>
          ) : (
            <p className="p-4 text-sm text-soft">{texts.runs.noSteps}</p>
          )}
        </Card>
      </div>
    </Page>
  );
}
