import { type History, journalsOf, type Recorded } from '../history.ts';

/** P8: after a canceled run's end is on disk it issues nothing and records nothing, nor do the runs it waited for. */
export function checkP8(history: History): string | undefined {
  const journals = journalsOf(history);
  const endedAt = new Map<string, number>();
  const canceledAt = new Map<string, number>();
  for (const { serial, records } of history.commits) {
    for (const { run, event } of records) {
      if (event.t !== 'end') continue;
      endedAt.set(run, serial);
      if (event.status === 'canceled') canceledAt.set(run, serial);
    }
  }
  for (const [run, journal] of journals) {
    const end = journal.findIndex(({ event }) => event.t === 'end');
    const after = journal.slice(end + 1).find(({ event }) => event.t !== 'handoff');
    if (end >= 0 && after) return `${run} has "${after.event.t}" after its end`;
    if (end >= 0 && journal[end]?.event.t === 'end' && canceledAt.has(run) && journal.length > end + 1) {
      return `${run} went on after it was canceled`;
    }
    const child = awaited(journal);
    const canceled = canceledAt.get(run);
    if (
      child !== undefined &&
      canceled !== undefined &&
      !((endedAt.get(child) ?? Number.POSITIVE_INFINITY) <= canceled)
    ) {
      return `${run} was canceled, but ${child}, which it waited for, went on`;
    }
  }
  for (const { order, serial, stale } of history.performed) {
    const canceled = canceledAt.get(order.run);
    if (!stale && canceled !== undefined && canceled < serial) {
      return `${order.key} was issued after its run was canceled`;
    }
  }
  return undefined;
}

/** The run that a run waited for when it ended. */
function awaited(journal: readonly Recorded[]): string | undefined {
  let child: string | undefined;
  let isWaiting = false;
  for (const { event } of journal) {
    if (event.t === 'call') isWaiting = event.wait;
    else if (event.t === 'child') child = isWaiting ? event.run : undefined;
    else if (event.t === 'child-end' || event.t === 'step' || event.t === 'retry') child = undefined;
  }
  return child;
}
