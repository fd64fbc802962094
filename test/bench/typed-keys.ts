// What the browser did for each key, read from its own trace.

export interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Microseconds. */
  ts: number;
  dur?: number;
  args?: { data?: { type?: string } };
}

export interface TypedKey {
  /** Work of the page's thread until the key is in a frame that was handed over to be shown, ms. Waiting is no work. */
  workMs: number;
  /** From the key to that frame by the clock, ms: it waits for the display's turn, too. */
  shownMs: number;
  /** All that thread did until the next key, ms: what is drawn around it, in later frames. */
  wholeMs: number;
}

export const TRACE_CATEGORIES = ['devtools.timeline', 'disabled-by-default-devtools.timeline'];

/** One for each key but the last, whose end is not known. @throws Error when a key never reached a frame. */
export function typedKeys(events: readonly TraceEvent[]): TypedKey[] {
  const spans = events.filter(({ ph }) => ph === 'X').toSorted((a, b) => a.ts - b.ts);
  const keys = spans.filter(({ name, args }) => name === 'EventDispatch' && args?.data?.type === 'keydown');
  const [first] = keys;
  if (!first) throw new Error('the trace has no keys');
  const own = spans.filter(({ pid, tid }) => pid === first.pid && tid === first.tid);
  const tasks = own.filter(({ name }) => name === 'RunTask');
  const commits = own.filter(({ name }) => name === 'Commit');
  return keys.slice(0, -1).map((key, index) => {
    const next = keys[index + 1]?.ts ?? Infinity;
    const commit = commits.find(({ ts }) => ts > key.ts);
    if (!commit) throw new Error('a key never reached a frame');
    const shown = endOf(commit);
    return {
      workMs: busy(tasks, key.ts, shown) / 1_000,
      shownMs: (shown - key.ts) / 1_000,
      wholeMs: busy(tasks, key.ts, next) / 1_000,
    };
  });
}

const endOf = ({ ts, dur = 0 }: TraceEvent): number => ts + dur;

/** How much of the time between the two was in a task. */
const busy = (tasks: readonly TraceEvent[], from: number, to: number): number =>
  tasks.reduce((sum, task) => sum + Math.max(0, Math.min(endOf(task), to) - Math.max(task.ts, from)), 0);
