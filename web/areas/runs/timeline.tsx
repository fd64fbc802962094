import { useTexts } from '../../text/index.tsx';
import { Badge } from '../../ui/surface.tsx';
import { durationText } from '../../ui/time.tsx';
import type { RunView } from './status.ts';

const TONES = { running: 'busy', waiting: 'wait', success: 'good', error: 'bad' } as const;

/** Every step as a bar on one time axis; a step is chosen by clicking or with the keyboard. */
export function Timeline({
  run,
  selected,
  onSelect,
}: {
  run: RunView;
  selected: number | undefined;
  onSelect: (step: number) => void;
}) {
  const texts = useTexts();
  const from = run.startedAt;
  const until = Math.max(
    run.finishedAt ?? from,
    ...run.nodes.map((step) => step.startedAt + (step.durationMs ?? 0)),
    from + 1,
  );
  if (run.nodes.length === 0) return <p className="p-4 text-sm text-soft">{texts.runs.noSteps}</p>;
  return (
    <ol aria-label={texts.runs.timeline} className="flex flex-col">
      {run.nodes.map((step) => {
        const left = ((step.startedAt - from) / (until - from)) * 100;
        const width = Math.max(0.6, ((step.durationMs ?? until - step.startedAt) / (until - from)) * 100);
        return (
          <li key={step.index}>
            <button
              type="button"
              aria-pressed={selected === step.index}
              onClick={() => onSelect(step.index)}
              className="grid w-full cursor-pointer grid-cols-[minmax(0,10rem)_6.5rem_1fr_4.5rem] items-center gap-3 px-4 py-1.5 text-left text-sm hover:bg-ground aria-pressed:bg-accent-soft"
            >
              <span className="truncate font-medium">{step.nodeName}</span>
              <Badge tone={TONES[step.status]}>{texts.runs.statuses[step.status]}</Badge>
              <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" className="h-1.5 w-full">
                <rect width={100} height={6} rx={1} fill="var(--c-well)" />
                <rect
                  x={Math.min(99, left)}
                  width={Math.min(100 - left, width)}
                  height={6}
                  fill={`var(--c-${TONES[step.status]})`}
                />
              </svg>
              <span className="text-right text-xs text-soft tabular-nums">
                {step.durationMs === undefined ? '…' : durationText(step.durationMs)}
              </span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}
