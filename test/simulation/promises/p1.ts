import { type History, journalsOf } from '../history.ts';

/** P1: an acknowledged trigger's run was on disk before, and ended; one idempotency key, one run. */
export function checkP1(history: History): string | undefined {
  const journals = journalsOf(history);
  const startedAt = new Map<string, number>();
  const runOfKey = new Map<string, string>();
  for (const { serial, records } of history.commits) {
    for (const { run, event } of records) {
      if (event.t !== 'start') continue;
      startedAt.set(run, serial);
      if (event.key === undefined) continue;
      const other = runOfKey.get(event.key);
      if (other !== undefined) return `${run} and ${other} were both started for the key ${event.key}`;
      runOfKey.set(event.key, run);
    }
  }
  for (const { run, serial, duplicate } of history.acknowledged) {
    const started = startedAt.get(run);
    const kind = duplicate ? 'duplicate trigger' : 'trigger';
    if (started === undefined) return `a ${kind} was told of ${run}, which was never written`;
    if (started > serial) return `a ${kind} was told of ${run} before it was written`;
  }
  for (const [run, journal] of journals) {
    const ends = journal.filter(({ event }) => event.t === 'end').length;
    if (ends !== 1) return `${run} has ${ends} ends`;
  }
  return undefined;
}
