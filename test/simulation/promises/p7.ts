import { type History, journalsOf } from '../history.ts';

/** P7: a run's steps are those of the version it started on, until a migration that was proven first. */
export function checkP7(history: History): string | undefined {
  const versions = new Map<string, { from: number; version: string }[]>();
  for (const [run, journal] of journalsOf(history)) {
    const list: { from: number; version: string }[] = [];
    for (const { event, serial } of journal) {
      if (event.t === 'start') list.push({ from: serial, version: event.version });
      else if (event.t === 'migrate') {
        const order = history.migrations.find(
          (other) => other.run === run && other.version === event.version && other.serial < serial,
        );
        if (!order) return `${run} moved to ${event.version} and nobody asked for it`;
        list.push({ from: serial, version: event.version });
      }
    }
    versions.set(run, list);
  }
  for (const { stepKey, version, serial, stale, epoch } of history.executed) {
    const run = stepKey.slice(0, stepKey.indexOf(':'));
    const expected = versions.get(run)?.findLast((other) => other.from < serial)?.version;
    // a migration may still be lost with its driver; until then the run is on it
    const order = history.migrations.findLast(
      (other) => other.run === run && other.epoch === epoch && other.serial < serial,
    );
    if (order?.version === version) continue;
    if (!stale && expected !== undefined && expected !== version) {
      return `${stepKey} ran as ${version}, but its run is on ${expected}`;
    }
  }
  return undefined;
}
