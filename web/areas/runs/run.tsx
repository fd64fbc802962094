import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import type { Edge } from '../../../core/graph/document.ts';
import { ApiError } from '../../../sdk/client/index.ts';
import { lazy, Suspense, useState } from 'react';
import { RunFiles } from '../../data/run-files.ts';
import { useClient } from '../../session/session.tsx';
import { useTexts, useTextsOf } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { Badge, Card, Empty, Loading, Page } from '../../ui/surface.tsx';
import { Ago, durationText } from '../../ui/time.tsx';
import { Decision } from './decision.tsx';
import { EdgeItems } from './edge-items.tsx';
import { useFollowedRun } from './live.ts';
import { isOver, type RunView, TONES } from './status.ts';
import { StepDetails } from './step-details.tsx';
import { runTexts } from './texts.ts';
import { Timeline } from './timeline.tsx';

const RunCanvas = lazy(() => import('./run-canvas.tsx').then(({ RunCanvas: component }) => ({ default: component })));

const ShareDialog = lazy(() =>
  import('./share-dialog.tsx').then(({ ShareDialog: component }) => ({ default: component })),
);

type Action = 'cancel' | 'pause' | 'resume';

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
  if (run.error) {
    return (
      <Page title={texts.runs.run}>
        <ProblemBox error={run.error} onRetry={() => void run.refetch()} />
      </Page>
    );
  }
  return run.data ? (
    <RunFiles value={id}>
      <Opened run={run.data} />
    </RunFiles>
  ) : (
    <Loading label={texts.loading} />
  );
}

function Opened({ run }: { run: RunView }) {
  const texts = useTexts();
  const own = useTextsOf(runTexts);
  const client = useClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<number>();
  const [edge, setEdge] = useState<Edge>();
  const [isCopied, setCopied] = useState(false);
  const [isSharing, setSharing] = useState(false);
  const choose = (index: number | undefined): void => {
    setEdge(undefined);
    setChosen(index);
  };
  const { id } = run;
  const control = useMutation({
    mutationFn: (action: Action) => client.call(`POST /v1/runs/{id}/${action}`, { params: { id } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['run', id] }),
  });
  const rerun = useMutation({
    mutationFn: (node?: string) =>
      client.call('POST /v1/runs/{id}/rerun', { params: { id }, ...(node === undefined ? {} : { body: { node } }) }),
    onSuccess: (made) => navigate({ to: '/runs/$id', params: { id: made.run } }),
  });
  const step =
    run.nodes.find(({ index }) => index === chosen) ??
    run.nodes.find(({ status }) => status === 'error') ??
    run.nodes.at(-1);
  const over = isOver(run);
  const failure = control.error ?? rerun.error;
  return (
    <Page
      title={`${texts.runs.run} ${id}`}
      actions={
        <>
          {over ? null : run.status === 'paused' ? (
            <Button onPress={() => control.mutate('resume')}>
              <Icon name="run" />
              {texts.runs.resume}
            </Button>
          ) : (
            <Button onPress={() => control.mutate('pause')}>
              <Icon name="pause" />
              {texts.runs.pause}
            </Button>
          )}
          {over ? (
            <Button onPress={() => rerun.mutate(undefined)}>
              <Icon name="retry" />
              {run.status === 'error' ? own.retryFailed : texts.runs.rerun}
            </Button>
          ) : (
            <Button look="danger" onPress={() => control.mutate('cancel')}>
              <Icon name="stop" />
              {texts.runs.cancel}
            </Button>
          )}
          <Link
            to="/runs/$id/compare"
            params={{ id }}
            className="inline-flex h-8 items-center rounded-md border border-line bg-card px-3 text-sm font-medium hover:bg-well"
          >
            {own.compare}
          </Link>
          <Button onPress={() => void navigator.clipboard.writeText(location.href).then(() => setCopied(true))}>
            {isCopied ? own.copied : own.share}
          </Button>
          <Button onPress={() => setSharing(true)}>{own.sharing.open}</Button>
          <Link
            to="/workflows/$id"
            params={{ id: run.workflow }}
            className="text-sm font-medium text-accent hover:underline"
          >
            {texts.runs.editWorkflow}
          </Link>
        </>
      }
    >
      {failure ? <ProblemBox error={failure} /> : null}
      {isSharing ? (
        <Suspense fallback={null}>
          <ShareDialog run={id} onClose={() => setSharing(false)} />
        </Suspense>
      ) : null}
      <p role="status" className="flex flex-wrap items-center gap-x-5 gap-y-1 text-sm text-soft">
        <Badge tone={TONES[run.status]}>{texts.runs.statuses[run.status]}</Badge>
        {run.waitingFor === undefined ? null : <span>{texts.runs.waitingFor[run.waitingFor] ?? run.waitingFor}</span>}
        <span>
          {texts.runs.started} <Ago at={run.startedAt} />
        </span>
        {run.finishedAt === undefined ? null : (
          <span>
            {texts.runs.took} {durationText(run.finishedAt - run.startedAt)}
          </span>
        )}
        <span className="font-mono text-xs">{run.version}</span>
      </p>
      {run.status === 'waiting' && (run.waitingFor === 'in-doubt' || run.resumeUrls) ? (
        <Card className="border-wait p-4">
          <Decision run={run} />
        </Card>
      ) : null}
      <Card className="h-72 overflow-hidden">
        <Suspense fallback={<Loading label={texts.loading} />}>
          <RunCanvas
            run={run}
            selected={step?.node}
            onSelect={(node) => choose(run.nodes.findLast((each) => each.node === node)?.index)}
            onEdge={setEdge}
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
              {over ? (
                <div className="border-t border-line p-3">
                  <Button isDisabled={rerun.isPending} onPress={() => rerun.mutate(step.node)}>
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
