import type { KeyboardEvent } from 'react';
import { useTexts } from '../../text/index.tsx';
import { useNow } from '../../ui/now.ts';
import { Badge } from '../../ui/surface.tsx';
import { durationText } from '../../ui/time.tsx';
import { isOver, type RunView, type Step, TONES } from './status.ts';

const GRID =
  'grid grid-cols-[minmax(0,8rem)_5.5rem_1fr_3.75rem] max-sm:grid-cols-[minmax(0,1fr)_5.5rem_0_3.75rem] items-center gap-2 px-4';
/** How often a bar that is not done grows. */
const GROW_MS = 500;

interface TimelineProps {
  run: RunView;
  selected: number | undefined;
  onSelect: (step: number) => void;
}

/** Every step as a bar on one time axis; a step is chosen by clicking or with the keyboard: arrows, Home and End go through them. */
export function Timeline({ run, selected, onSelect }: TimelineProps) {
  const texts = useTexts();
  const nowMs = useNow(isOver(run) ? undefined : GROW_MS);
  const from = run.startedAt;
  const until = Math.max(
    run.finishedAt ?? (isOver(run) ? from : nowMs),
    ...run.nodes.map((step) => step.startedAt + (step.durationMs ?? 0)),
    from + 1,
  );
  if (run.nodes.length === 0) return <p className="p-4 text-sm text-soft">{texts.runs.noSteps}</p>;
  return (
    <>
      <div aria-hidden="true" className={`${GRID} pb-1 text-xs text-soft max-sm:hidden`}>
        <span className="col-start-3 flex justify-between whitespace-nowrap tabular-nums">
          <span>0</span>
          <span>{durationText(until - from)}</span>
        </span>
      </div>
      <ol aria-label={texts.runs.timeline} className="flex flex-col" onKeyDown={onArrows}>
        {run.nodes.map((step) => (
          <li key={step.index} className="[contain-intrinsic-size:auto_2rem] [content-visibility:auto]">
            <button
              type="button"
              aria-pressed={selected === step.index}
              onClick={() => onSelect(step.index)}
              className={`${GRID} w-full cursor-pointer py-1.5 text-left text-sm -outline-offset-2 hover:bg-ground aria-pressed:bg-accent-soft`}
            >
              <span className="truncate font-medium">
                {step.nodeName}
                {step.runIndex > 0 ? <span className="font-normal text-soft"> · {step.runIndex + 1}</span> : null}
              </span>
              <Badge tone={TONES[step.status]}>{texts.runs.statuses[step.status]}</Badge>
              <Bar step={step} from={from} until={until} />
              <span className="text-right text-xs text-soft tabular-nums">
                {step.durationMs === undefined ? '…' : durationText(step.durationMs)}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}

function Bar({ step, from, until }: { step: Step; from: number; until: number }) {
  const left = ((step.startedAt - from) / (until - from)) * 100;
  const width = Math.max(0.6, ((step.durationMs ?? until - step.startedAt) / (until - from)) * 100);
  return (
    <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" className="h-1.5 w-full">
      <rect width={100} height={6} rx={1} fill="var(--c-well)" />
      <rect
        x={Math.min(99, left)}
        width={Math.min(100 - left, width)}
        height={6}
        fill={`var(--c-${TONES[step.status]})`}
      />
    </svg>
  );
}

function onArrows(event: KeyboardEvent<HTMLOListElement>): void {
  const rows = [...event.currentTarget.querySelectorAll('button')];
  const at = rows.findIndex((row) => row === document.activeElement);
  const places: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: rows.length - 1,
  };
  const next = rows[places[event.key] ?? -1];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.click();
}
