import { useTexts } from '../../text/index.tsx';
import { durationText } from '../../ui/time.tsx';
import { isOver, type RunHead, TONES } from '../runs/status.ts';

const SHOWN = 12;
const WIDTH = 7;
const HEIGHT = 20;

/** The newest runs as bars: height is duration beside the longest of them, colour and text the state. */
export function RecentRuns({ runs }: { runs: readonly RunHead[] }) {
  const texts = useTexts();
  if (runs.length === 0) return <span className="text-soft">–</span>;
  const shown = runs.slice(0, SHOWN).toReversed();
  const tookMs = (run: RunHead): number => (run.finishedAt ?? run.startedAt) - run.startedAt;
  const longest = Math.max(1, ...shown.map(tookMs));
  const summary = shown.map(({ status }) => texts.runs.statuses[status]).join(', ');
  return (
    <svg width={SHOWN * WIDTH} height={HEIGHT} role="img" aria-label={summary}>
      {shown.map((run, index) => {
        const height = isOver(run) ? 4 + (HEIGHT - 4) * (tookMs(run) / longest) : HEIGHT;
        return (
          <rect
            key={run.id}
            x={index * WIDTH}
            y={HEIGHT - height}
            width={WIDTH - 2}
            height={height}
            rx={1.5}
            fill={`var(--c-${TONES[run.status]})`}
          >
            <title>{`${texts.runs.statuses[run.status]} · ${durationText(tookMs(run))}`}</title>
          </rect>
        );
      })}
    </svg>
  );
}
