import { type History, journalsOf } from '../history.ts';

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
  return undefined;
}
