import type { StartEvent } from '../../../core/engine/events.ts';
import type { WorkflowSettings } from '../../../core/graph/document.ts';
import type { History, Recorded } from '../history.ts';

interface Known {
  start: StartEvent;
  settings: WorkflowSettings;
  held: 'concurrency' | 'rate' | 'debounce' | undefined;
  begun: boolean;
  over: boolean;
  number: number;
}

/** P9, the part of it that one shard decides: keyed limits are never exceeded, and whoever is held goes in order. */
export function checkP9(history: History): string | undefined {
  const runs = new Map<string, Known>();
  const tats = new Map<string, number>();
  for (const { records } of history.commits) {
    for (const record of records) {
      const problem = note(history, { runs, tats, record });
      if (problem !== undefined) return problem;
    }
    const problem = crowded(runs) ?? unsettled(runs);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function note(
  history: History,
  at: { runs: Map<string, Known>; tats: Map<string, number>; record: Recorded },
): string | undefined {
  const { runs, tats, record } = at;
  const { run, event } = record;
  const known = runs.get(run);
  if (event.t === 'start') {
    const settings = history.programs.get(`${event.workflow}@${event.version}`)?.graph.doc.settings ?? {};
    const made: Known = {
      start: event,
      settings,
      held: event.hold?.by,
      begun: !event.hold,
      over: false,
      number: runs.size,
    };
    runs.set(run, made);
    if (!event.hold && event.limits) {
      return (record.event.t === 'start' ? overtakes(runs, run, made) : undefined) ?? tooFast(tats, made, record);
    }
    return undefined;
  }
  if (!known) return `"${event.t}" of ${run}, which never started`;
  if (event.t === 'hold') known.held = event.hold.by;
  else if (event.t === 'end') known.over = true;
  else if (event.t === 'admit' && !known.begun) {
    const problem = overtakes(runs, run, known) ?? tooFast(tats, known, record);
    known.held = undefined;
    known.begun = true;
    return problem;
  }
  return undefined;
}

function crowded(runs: ReadonlyMap<string, Known>): string | undefined {
  const busy = new Map<string, number>();
  for (const [run, { start, settings, begun, over }] of runs) {
    const key = start.limits?.concurrency;
    if (!begun || over || key === undefined || !settings.concurrency) continue;
    const count = (busy.get(key) ?? 0) + 1;
    if (count > settings.concurrency.limit) {
      return `${run} is number ${count} of ${settings.concurrency.limit} at once for ${key}`;
    }
    busy.set(key, count);
  }
  return undefined;
}

/** Of the runs that are held because more may come, only the newest of a key is left. */
function unsettled(runs: ReadonlyMap<string, Known>): string | undefined {
  const newest = new Map<string, string>();
  for (const [run, { start, held, over }] of runs) {
    const key = start.limits?.debounce;
    if (over || held !== 'debounce' || key === undefined) continue;
    const other = newest.get(key);
    if (other !== undefined) return `${other} and ${run} are both held as the newest of ${key}`;
    newest.set(key, run);
  }
  return undefined;
}

/** GCRA by the book, on the times that were recorded. */
function tooFast(tats: Map<string, number>, { start, settings }: Known, { event, run }: Recorded): string | undefined {
  const key = start.limits?.rate;
  if (key === undefined || !settings.rateLimit) return undefined;
  const { limit, periodMs } = settings.rateLimit;
  const gap = periodMs / limit;
  const tat = Math.max(event.at, tats.get(key) ?? 0);
  if (event.at < Math.floor(tat - (periodMs - gap))) {
    return `${run} began too soon for ${limit} per ${periodMs} ms of ${key}`;
  }
  tats.set(key, tat + gap);
  return undefined;
}

/** Where concurrency is the only limit: nobody begins while somebody better, or as good and earlier, is held. */
function overtakes(
  runs: ReadonlyMap<string, Known>,
  run: string,
  { start, settings, number }: Known,
): string | undefined {
  const key = start.limits?.concurrency;
  if (key === undefined || settings.rateLimit || settings.debounce) return undefined;
  const weight = start.limits?.priority ?? 0;
  for (const [other, rival] of runs) {
    if (other === run || rival.over || rival.held !== 'concurrency' || rival.start.limits?.concurrency !== key) {
      continue;
    }
    const theirs = rival.start.limits?.priority ?? 0;
    if (theirs > weight || (theirs === weight && rival.number < number)) {
      return `${run} began before ${other}, which was held for ${key} and goes first`;
    }
  }
  return undefined;
}
