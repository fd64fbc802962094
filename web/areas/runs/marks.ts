import type { StepMark } from '../../canvas/graph.ts';
import type { Texts } from '../../text/en.ts';
import { durationText } from '../../ui/time.tsx';
import { type Step, TONES } from './status.ts';

/** What the canvas shows of a run: the newest step of every node. */
export function marksOf(steps: readonly Step[], texts: Texts): ReadonlyMap<string, StepMark> {
  const marks = new Map<string, StepMark>();
  const times = new Map<string, number>();
  for (const step of steps) {
    times.set(step.node, (times.get(step.node) ?? 0) + 1);
    const repeats = times.get(step.node) ?? 1;
    const took = step.durationMs === undefined ? '' : ` · ${durationText(step.durationMs)}`;
    marks.set(step.node, {
      tone: TONES[step.status],
      text: `${texts.runs.statuses[step.status]}${took}${repeats > 1 ? ` · ${repeats}×` : ''}`,
      items: step.outputs.map((items) => items?.length ?? 0),
    });
  }
  return marks;
}
