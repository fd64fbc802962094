import { type History, journalsOf } from '../history.ts';

/** Hosts that one step may end before it is given up: unseen, driven with others, and twice alone. */
const MAX_KILLS = 4;

/** A step that ends its host fails after a few times. One that does not is taken for one only after as many ends. */
function killProblem(history: History): string | undefined {
  const kills = new Map<string, number>();
  const ends = history.boots.length - 1;
  for (const key of history.killed) kills.set(key, (kills.get(key) ?? 0) + 1);
  for (const [key, count] of kills) {
    // other ends of the host, at the wrong moment, cost one more
    if (count > MAX_KILLS + ends - history.killed.length) return `${key} ended ${count} hosts`;
  }
  for (const [run, journal] of journalsOf(history)) {
    const ran = new Map<string, number>();
    for (const { event } of journal) {
      if (event.t !== 'step') continue;
      const runIndex = ran.get(event.n) ?? 0;
      ran.set(event.n, runIndex + 1);
      const key = `${run}:${event.n}:${runIndex}`;
      if (event.err?.code === 'step-killed-host' && (kills.get(key) ?? 0) < 3 && ends < MAX_KILLS) {
        return `${key} was given up after ${ends} ends of its hosts`;
      }
    }
  }
  return undefined;
}

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
  return killProblem(history);
}
