import { type History, journalsOf } from '../history.ts';

/** What a step keeps is recorded with it: each number a counting node reached was recorded once, none is missing. */
function keptProblem(history: History): string | undefined {
  const reached = new Map<string, Map<number, string>>();
  for (const [run, journal] of journalsOf(history)) {
    const start = journal[0]?.event;
    if (start?.t !== 'start') continue;
    for (const { event } of journal) {
      const ran = event.t === 'step' ? event.ctx?.ran : undefined;
      if (event.t !== 'step' || typeof ran !== 'number') continue;
      const node = `${start.workflow}/${event.n}`;
      const numbers = reached.get(node) ?? new Map<number, string>();
      reached.set(node, numbers);
      // a rerun takes over the outcomes of the run it repeats
      const other = numbers.get(ran);
      if (other && start.rerunOf === undefined) return `${node} kept ${ran} in ${other} and in ${run}`;
      if (start.rerunOf === undefined || other === undefined) numbers.set(ran, start.rerunOf === undefined ? run : '');
    }
  }
  for (const [node, numbers] of reached) {
    const most = Math.max(...numbers.keys());
    if (numbers.size !== most) return `${node} kept ${most}, but only ${numbers.size} of its steps are recorded`;
  }
  return undefined;
}

/** P2: once a step's outcome is on disk, its node's code does not run again for that step. */
export function checkP2(history: History): string | undefined {
  const durableAt = new Map<string, number>();
  const commitOf = new Map<number, number>();
  for (const { serial, records } of history.commits) for (const record of records) commitOf.set(record.serial, serial);
  for (const [run, journal] of journalsOf(history)) {
    const runs = new Map<string, number>();
    for (const { event, serial } of journal) {
      if (event.t !== 'step') continue;
      const runIndex = runs.get(event.n) ?? 0;
      runs.set(event.n, runIndex + 1);
      durableAt.set(`${run}:${event.n}:${runIndex}`, commitOf.get(serial) ?? Number.POSITIVE_INFINITY);
    }
  }
  for (const { stepKey, serial, stale } of history.executed) {
    const durable = durableAt.get(stepKey);
    if (!stale && durable !== undefined && serial > durable) {
      return `${stepKey} ran again after its outcome was recorded`;
    }
  }
  return keptProblem(history);
}
