import type { OutputOf } from '../../client/index.ts';
import type { Paint } from '../terminal/paint.ts';
import { clean, paintStatus } from '../terminal/paint.ts';

export type Head = OutputOf<'GET /v1/runs'>['runs'][number];

/** Local date and time to the second. */
export function moment(ms: number): string {
  const at = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000);
  return at.toISOString().slice(0, 19).replace('T', ' ');
}

export const duration = (ms: number): string => (ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`);

/** Columns of one run. */
export function runRow(run: Head, paint: Paint): string[] {
  const waits = run.waitingFor === undefined ? '' : ` (${run.waitingFor})`;
  const took = run.finishedAt === undefined ? '' : duration(run.finishedAt - run.startedAt);
  const error = run.error ? paint.red(clean(`${run.error.code}: ${run.error.message}`)) : '';
  return [run.id, paintStatus(paint, run.status) + waits, run.trigger, moment(run.startedAt), took, error];
}

/** Columns of one step, as `tail` and `run` print it. */
interface StepLine {
  name: string;
  status: string;
  durationMs?: number | undefined;
  outputs: readonly (readonly unknown[] | null)[];
  error?: string | undefined;
}

export function stepLine(step: StepLine, paint: Paint): string {
  const mark =
    step.status === 'success' ? paint.green('✓') : step.status === 'error' ? paint.red('✗') : paint.yellow('…');
  const counts = step.outputs.map((items) => items?.length ?? 0).join(' + ');
  const took = step.durationMs === undefined ? '' : `, ${duration(step.durationMs)}`;
  const error = step.error === undefined ? '' : ` ${paint.red(clean(step.error))}`;
  return `${mark} ${clean(step.name)} ${paint.dim(`${counts || '0'} items${took}`)}${error}`;
}
