import { type History, journalsOf, programAt, type Recorded } from '../history.ts';

/** P6: nothing that has a date happens before it. (That it happens at all is P1's.) */
export function checkP6(history: History): string | undefined {
  const earliest = new Map<string, Limit[]>();
  for (const [run, journal] of journalsOf(history)) {
    const problem = checkRun(history, { run, journal, earliest });
    if (problem !== undefined) return problem;
  }
  for (const { stepKey, serial, at, stale, resumed } of history.executed) {
    if (stale || resumed) continue;
    const limit = earliest.get(stepKey)?.findLast((other) => other.from < serial);
    if (!limit || limit.isMet) continue;
    // met once; a clock that is set back afterwards and a recovery may then well do it again
    limit.isMet = at >= limit.at || wasReached(history, limit, serial);
    if (!limit.isMet) return `${stepKey} was tried again ${limit.at - at} ms early`;
  }
  return undefined;
}

/** The clock had come so far, and was set back before the step had its turn. */
const wasReached = ({ commits, executed, ticks }: History, { from, at }: Limit, before: number): boolean =>
  ticks.some((other) => other.serial > from && other.serial <= before && other.at >= at) ||
  [...executed, ...commits.flatMap(({ records }) => records)].some(
    (other) => other.serial >= from && other.serial < before && other.at >= at,
  );

/** From `from` on the step is not to be tried before `at`. */
interface Limit {
  from: number;
  at: number;
  isMet: boolean;
}

interface Case {
  run: string;
  journal: readonly Recorded[];
  earliest: Map<string, Limit[]>;
}

function checkRun(history: History, { run, journal, earliest }: Case): string | undefined {
  const counts = new Map<string, number>();
  let until: number | undefined;
  let settlesAt: number | undefined;
  let admittedAt: number | undefined;
  for (const [index, { event, at, serial }] of journal.entries()) {
    if (event.t === 'start') {
      settlesAt = event.hold?.by === 'debounce' ? event.hold.dueAt : undefined;
      if (!event.hold) admittedAt = event.at;
    } else if (event.t === 'hold' || event.t === 'admit') {
      if (settlesAt !== undefined && at < settlesAt) return `${run} began ${settlesAt - at} ms before it was settled`;
      settlesAt = undefined;
      if (event.t === 'admit') admittedAt = event.at;
    } else if (event.t === 'wait') {
      until = event.untilMs;
    } else if (event.t === 'wake') {
      if (event.wake.kind === 'timer' && (until === undefined || at < until)) {
        return `${run} was woken ${(until ?? 0) - at} ms early`;
      }
    } else if (event.t === 'retry') {
      const key = `${run}:${event.n}:${counts.get(event.n) ?? 0}`;
      const list = earliest.get(key) ?? [];
      const isCall = programAt(history, journal, index)?.graph.nodes.some(
        ({ def }) => def.id === event.n && def.type === 'sim-call',
      );
      if (!isCall) list.push({ from: serial, at: event.dueAt, isMet: false });
      earliest.set(key, list);
    } else if (event.t === 'step') {
      counts.set(event.n, (counts.get(event.n) ?? 0) + 1);
    } else if (event.t === 'end' && event.err?.code === 'run-timeout') {
      const limit = programAt(history, journal, index)?.graph.doc.settings.timeoutMs;
      if (limit === undefined || at < (admittedAt ?? 0) + limit) return `${run} was stopped before its time was up`;
    }
  }
  return undefined;
}
