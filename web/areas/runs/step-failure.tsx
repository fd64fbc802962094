import { Link } from '@tanstack/react-router';
import type { ShownItem } from '../../data/items.ts';
import { DataView } from '../../data/data-view.tsx';
import { useTextsOf } from '../../text/index.tsx';
import { Said, useSaidText } from '../../text/said/index.tsx';
import type { RunView, Step } from './status.ts';
import { runTexts } from './texts.ts';

interface StepFailureProps {
  /** Absent in the editor, where the step is already open. */
  run: RunView | undefined;
  step: Step;
  error: NonNullable<Step['error']>;
  input: readonly ShownItem[];
}

/** Why a step failed: the message, the item it failed for, the expression, and the way to where it is fixed. */
export function StepFailure({ run, step, error, input }: StepFailureProps) {
  const own = useTextsOf(runTexts);
  const say = useSaidText();
  const { itemIndex, expression } = error;
  const item = itemIndex === undefined ? undefined : input[itemIndex];
  return (
    <div
      role="group"
      aria-label={say(error.message)}
      className="flex flex-col gap-2 rounded-lg border border-bad bg-bad-soft p-3 text-sm"
    >
      <strong className="break-words text-bad">
        <Said text={error.message} isData />
      </strong>
      {error.description === undefined ? null : (
        <p>
          <Said text={error.description} isData />
        </p>
      )}
      <p className="font-mono text-xs text-soft">{error.code}</p>
      {expression === undefined ? null : (
        <p>
          <span className="text-soft">{own.expression}: </span>
          <code className="rounded bg-card px-1.5 py-0.5 font-mono text-xs break-all">{expression}</code>
        </p>
      )}
      {item ? (
        <div className="flex min-w-0 flex-col gap-1">
          <span className="text-soft">{own.failedItem(itemIndex ?? 0)}</span>
          <div className="rounded-lg bg-card p-2">
            <DataView items={[item]} label={own.failedItem(itemIndex ?? 0)} />
          </div>
        </div>
      ) : itemIndex === undefined ? null : (
        <p className="text-soft">{own.failedItem(itemIndex)}</p>
      )}
      {run ? (
        <Link
          to="/workflows/$id"
          params={{ id: run.workflow }}
          hash={`node=${encodeURIComponent(step.node)}`}
          className="font-medium text-accent underline"
        >
          {own.fixInEditor}
        </Link>
      ) : null}
    </div>
  );
}
