import { DataView } from '../../data/data-view.tsx';
import { itemsOf } from '../../data/items.ts';
import { useTexts, useTextsOf } from '../../text/index.tsx';
import { CalledRuns } from './called-runs.tsx';
import { inputsOf } from './inputs.ts';
import type { RunView, Step } from './status.ts';
import { StepFailure } from './step-failure.tsx';
import { runTexts } from './texts.ts';

/** What one step gave, printed and failed with; with its run, what came in as well. */
export function StepDetails({ run, step }: { run?: RunView; step: Step }) {
  const texts = useTexts();
  const own = useTextsOf(runTexts);
  const inputs = run ? inputsOf(run, step) : [];
  return (
    <div className="flex min-w-0 flex-col gap-4 p-4">
      <h2 className="text-base font-semibold">{step.nodeName}</h2>
      {step.attempts > 1 ? <p className="text-sm text-soft">{texts.runs.attempts(step.attempts)}</p> : null}
      {step.error ? <StepFailure run={run} step={step} error={step.error} input={inputs[0]?.items ?? []} /> : null}
      {run && step.called ? <CalledRuns run={run} step={step} /> : null}
      {inputs.map(({ from, output, items }, index) => (
        <section key={index} className="flex min-w-0 flex-col gap-1.5">
          <h3 className="text-sm font-medium text-soft">
            {own.inputs}: {from === undefined ? own.startedWith : own.inputFrom(from, output)}
          </h3>
          <DataView items={items} label={from === undefined ? own.startedWith : own.inputFrom(from, output)} />
        </section>
      ))}
      {step.outputs.map((_, output) => (
        <section key={output} className="flex min-w-0 flex-col gap-1.5">
          <h3 className="text-sm font-medium text-soft">
            {own.outputs}
            {step.outputs.length > 1 ? `: ${texts.runs.output(output)}` : ''}
          </h3>
          <DataView items={itemsOf(step, output)} label={texts.runs.stepOf(step.nodeName)} />
        </section>
      ))}
      {step.said === undefined ? null : (
        <section>
          <h3 className="text-sm font-medium text-soft">{own.saidToChat}</h3>
          <p className="overflow-auto rounded-lg bg-well p-3 text-sm break-words whitespace-pre-wrap">{step.said}</p>
        </section>
      )}
      {step.logs && step.logs.length > 0 ? (
        <section>
          <h3 className="text-sm font-medium text-soft">{texts.runs.printed}</h3>
          <pre className="overflow-auto rounded-lg bg-well p-3 font-mono text-xs whitespace-pre-wrap">
            {step.logs.join('\n')}
          </pre>
        </section>
      ) : null}
    </div>
  );
}
