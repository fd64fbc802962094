import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useClient } from '../../session/session.tsx';
import { useTexts } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { Badge, Card, Loading, Page } from '../../ui/surface.tsx';
import { Ago, durationText } from '../../ui/time.tsx';
import { runQuery } from './queries.ts';
import { isOver, type RunView, TONES } from './status.ts';
import { StepDetails } from './step-details.tsx';
import { Timeline } from './timeline.tsx';

const RunCanvas = lazy(() => import('./run-canvas.tsx').then(({ RunCanvas: component }) => ({ default: component })));

type Action = 'cancel' | 'pause' | 'resume';

export function RunPage() {
  const texts = useTexts();
  const client = useClient();
  const { id } = useParams({ from: '/runs/$id' });
  const run = useQuery(runQuery(client, id));
  if (run.error) {
    return (
      <Page title={texts.runs.run}>
        <ProblemBox error={run.error} onRetry={() => void run.refetch()} />
      </Page>
    );
  }
  return run.data ? <Opened run={run.data} /> : <Loading label={texts.loading} />;
}

function Opened({ run }: { run: RunView }) {
  const texts = useTexts();
  const client = useClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<number>();
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
  const resolve = useMutation({
    mutationFn: (call: { step: number; decision: 'retry' | 'fail' | 'done' }) =>
      client.call('POST /v1/runs/{id}/resolve', { params: { id }, body: call }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['run', id] }),
  });
  const step =
    run.nodes.find(({ index }) => index === chosen) ??
    run.nodes.find(({ status }) => status === 'error') ??
    run.nodes.at(-1);
  const doubtful = run.waitingFor === 'in-doubt' ? run.nodes.find(({ status }) => status === 'waiting') : undefined;
  const over = isOver(run);
  const failure = control.error ?? rerun.error ?? resolve.error;
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
              {texts.runs.rerun}
            </Button>
          ) : (
            <Button look="danger" onPress={() => control.mutate('cancel')}>
              <Icon name="stop" />
              {texts.runs.cancel}
            </Button>
          )}
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
      {doubtful ? (
        <Card className="flex flex-wrap items-center justify-between gap-3 border-wait p-4">
          <p className="text-sm font-medium">
            {texts.runs.resolveTitle}: {doubtful.nodeName}
          </p>
          <div className="flex flex-wrap gap-2">
            {(['done', 'retry', 'fail'] as const).map((decision) => (
              <Button key={decision} onPress={() => resolve.mutate({ step: doubtful.index, decision })}>
                {
                  { done: texts.runs.resolveDone, retry: texts.runs.resolveRetry, fail: texts.runs.resolveFail }[
                    decision
                  ]
                }
              </Button>
            ))}
          </div>
        </Card>
      ) : null}
      <Card className="h-72 overflow-hidden">
        <Suspense fallback={<Loading label={texts.loading} />}>
          <RunCanvas
            run={run}
            selected={step?.node}
            onSelect={(node) => setChosen(run.nodes.findLast((each) => each.node === node)?.index)}
          />
        </Suspense>
      </Card>
      <div className="grid gap-4 lg:grid-cols-2">
        <Card className="min-w-0 overflow-hidden py-2">
          <Timeline run={run} selected={step?.index} onSelect={setChosen} />
        </Card>
        <Card className="min-w-0">
          {step ? (
            <>
              <StepDetails step={step} />
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
