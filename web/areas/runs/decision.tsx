import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useClient } from '../../session/session.tsx';
import { useTexts, useTextsOf } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { TextField } from '../../ui/field.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import type { RunView, Step } from './status.ts';
import { runTexts } from './texts.ts';

/** What a run that waits for a person asks: a decision in doubt, an approval, a call or a form. */
export function Decision({ run }: { run: RunView }) {
  const step = run.nodes.findLast(({ status }) => status === 'waiting');
  if (!step) return null;
  if (run.waitingFor === 'in-doubt') return <Doubt run={run} step={step} />;
  return run.resumeUrls ? <Answer run={run} step={step} /> : null;
}

function useDone(id: string): () => Promise<unknown> {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ['run', id] }),
      queries.invalidateQueries({ queryKey: ['runs', 'inbox'] }),
    ]);
}

function Doubt({ run, step }: { run: RunView; step: Step }) {
  const texts = useTexts();
  const own = useTextsOf(runTexts);
  const client = useClient();
  const resolve = useMutation({
    mutationFn: (decision: 'retry' | 'fail' | 'done') =>
      client.call('POST /v1/runs/{id}/resolve', { params: { id: run.id }, body: { step: step.index, decision } }),
    onSettled: useDone(run.id),
  });
  const words = { done: texts.runs.resolveDone, retry: texts.runs.resolveRetry, fail: texts.runs.resolveFail };
  return (
    <div role="group" aria-label={`${texts.runs.resolveTitle}: ${step.nodeName}`} className="flex flex-col gap-2">
      <p className="text-sm font-medium">
        {texts.runs.resolveTitle}: {step.nodeName}
      </p>
      <p className="text-sm text-soft">{own.inDoubtLead}</p>
      <div className="flex flex-wrap gap-2">
        {(['done', 'retry', 'fail'] as const).map((decision) => (
          <Button
            key={decision}
            look={decision === 'fail' ? 'danger' : 'plain'}
            isPending={resolve.isPending}
            onPress={() => resolve.mutate(decision)}
          >
            {words[decision]}
          </Button>
        ))}
      </div>
      {resolve.error ? <ProblemBox error={resolve.error} /> : null}
    </div>
  );
}

function Answer({ run, step }: { run: RunView; step: Step }) {
  const texts = useTexts();
  const own = useTextsOf(runTexts);
  const client = useClient();
  const [remark, setRemark] = useState('');
  const [data, setData] = useState('');
  const isApproval = run.waitingFor === 'approval';
  const body = parsed(data);
  const answer = useMutation({
    mutationFn: (approved?: boolean) =>
      client.call('POST /v1/runs/{id}/answer', {
        params: { id: run.id },
        body: {
          step: step.index,
          ...(approved === undefined ? {} : { approved }),
          ...(remark === '' ? {} : { remark }),
          ...(body === undefined || body === BAD ? {} : { data: body }),
        },
      }),
    onSettled: useDone(run.id),
  });
  // a path where the server does not know its public address; its origin is then this page's
  const url = new URL(run.resumeUrls?.[0]?.url ?? '', location.origin);
  return (
    <div role="group" aria-label={step.nodeName} className="flex flex-col gap-3">
      <div className="text-sm">
        {step.asks === undefined || step.asks.title === '' ? null : (
          <p className="text-base font-semibold break-words">{step.asks.title}</p>
        )}
        {step.asks === undefined || step.asks.description === '' ? null : (
          // the page sanitises its HTML; here it stays text
          <p className="break-words whitespace-pre-wrap text-soft">{step.asks.description}</p>
        )}
        <p className="text-soft">
          {step.nodeName}: {texts.runs.waitingFor[run.waitingFor ?? ''] ?? run.waitingFor}
        </p>
      </div>
      {run.waitingFor === 'form' ? (
        <a href={url.pathname} target="_blank" rel="noreferrer" className="text-sm font-medium text-accent underline">
          {own.openForm}
        </a>
      ) : isApproval || run.waitingFor === 'chat' ? (
        <TextField label={isApproval ? own.remark : own.nextMessage} value={remark} onChange={setRemark} />
      ) : (
        <TextField
          label={own.data}
          value={data}
          onChange={setData}
          rows={3}
          isMono
          error={body === BAD ? own.badData : undefined}
        />
      )}
      <div className="flex flex-wrap gap-2">
        {run.waitingFor === 'form' ? null : isApproval ? (
          <>
            <Button look="main" isPending={answer.isPending} onPress={() => answer.mutate(true)}>
              {own.approve}
            </Button>
            <Button look="danger" isPending={answer.isPending} onPress={() => answer.mutate(false)}>
              {own.decline}
            </Button>
          </>
        ) : (
          <Button
            look="main"
            isDisabled={body === BAD}
            isPending={answer.isPending}
            onPress={() => answer.mutate(undefined)}
          >
            {own.goOn}
          </Button>
        )}
        <CopyButton text={url.href} label={own.copyAddress} />
      </div>
      {answer.error ? <ProblemBox error={answer.error} /> : null}
    </div>
  );
}

const BAD = Symbol('not JSON');

function parsed(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return BAD;
  }
}
