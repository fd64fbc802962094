import { useNow } from '../../ui/now.ts';
import { durationText } from '../../ui/time.tsx';
import { isOver, type RunHead } from './status.ts';

const SECOND_MS = 1_000;

/** How long a run took; of one under way how long it has been going on, which grows. */
export function Took({ run }: { run: Pick<RunHead, 'status' | 'startedAt' | 'finishedAt'> }) {
  const isLive = !isOver(run);
  const nowMs = useNow(isLive ? SECOND_MS : undefined);
  if (isLive) return <span className="text-soft">{durationText(Math.max(0, nowMs - run.startedAt))}…</span>;
  return run.finishedAt === undefined ? '–' : durationText(run.finishedAt - run.startedAt);
}
