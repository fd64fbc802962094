import { DataView } from '../../data/data-view.tsx';
import { itemsOf } from '../../data/items.ts';
import { useTexts } from '../../text/index.tsx';
import type { Step } from './status.ts';

interface StepError {
  code?: string;
  message?: string;
  description?: string;
  itemIndex?: number;
}

/** What one step gave, printed and failed with. */
export function StepDetails({ step }: { step: Step }) {
  const texts = useTexts();
  // SAFETY: shape of core/engine's errors
  const error = step['error'] as StepError | undefined;
  return (
    <div className="flex min-w-0 flex-col gap-4 p-4">
      <h2 className="text-base font-semibold">{step.nodeName}</h2>
      {step.attempts > 1 ? <p className="text-sm text-soft">{texts.runs.attempts(step.attempts)}</p> : null}
      {error ? (
        <div role="group" className="rounded-lg border border-bad bg-bad-soft p-3 text-sm">
          <strong className="text-bad">{error.message}</strong>
          {error.description === undefined ? null : <p>{error.description}</p>}
          <p className="font-mono text-xs text-soft">
            {error.code}
            {error.itemIndex === undefined ? '' : ` · #${error.itemIndex}`}
          </p>
        </div>
      ) : null}
      {step.outputs.map((_, output) => (
        <section key={output} className="flex min-w-0 flex-col gap-1.5">
          {step.outputs.length > 1 ? (
            <h3 className="text-sm font-medium text-soft">{texts.runs.output(output)}</h3>
          ) : null}
          <DataView items={itemsOf(step, output)} label={texts.runs.stepOf(step.nodeName)} />
        </section>
      ))}
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
