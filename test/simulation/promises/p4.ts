import { announces } from '../../../core/shard/attempt.ts';
import { inDoubtPolicy } from '../../../core/shard/recover.ts';
import { type History, journalsOf, programAt, type Recorded } from '../history.ts';

/**
 * P4: an effect that may not be repeated freely is issued once for every time the journal announces it, after that is
 * on disk; and it is announced again only after a failure that is certain, by its policy, or by hand.
 */
export function checkP4(history: History): string | undefined {
  const journals = journalsOf(history);
  const commitOf = new Map<number, number>();
  for (const { serial, records } of history.commits) for (const record of records) commitOf.set(record.serial, serial);
  const announced = new Map<string, number[]>();
  for (const [run, journal] of journals) {
    for (const [index, { event, serial }] of journal.entries()) {
      if (event.t !== 'issue') continue;
      const problem = whyAgain(history, { run, journal, index });
      if (problem !== undefined) return problem;
      const list = announced.get(event.key) ?? [];
      list.push(commitOf.get(serial) ?? Number.POSITIVE_INFINITY);
      announced.set(event.key, list);
    }
  }
  const issued = new Map<string, number>();
  for (const { order, serial, stale } of history.performed) {
    if (!announces(order.effect) || order.round > 0) continue;
    const dates = announced.get(order.key) ?? [];
    const nth = issued.get(order.key) ?? 0;
    issued.set(order.key, nth + 1);
    if (stale) return `${order.key} was issued by a driver that had been replaced`;
    if (!(dates[nth] !== undefined && dates[nth] < serial)) {
      return `${order.key} (${order.effect.class}) was issued ${nth + 1} times, but announced ${dates.filter((at) => at < serial).length} times`;
    }
  }
  return undefined;
}

function whyAgain(
  history: History,
  at: { run: string; journal: readonly Recorded[]; index: number },
): string | undefined {
  const { run, journal, index } = at;
  const event = journal[index]?.event;
  if (event?.t !== 'issue') return undefined;
  const mayRepeat = event.class === 'keyed';
  const policy = inDoubtPolicy(event.class, wishOf(history, at, event.n));
  let previous: Recorded | undefined;
  for (let back = index - 1; back >= 0; back--) {
    const record = journal[back];
    const kind = record?.event.t;
    if (kind === 'step') return undefined; // an earlier step: this one was never issued before
    if (kind === 'pause' || kind === 'resume' || kind === 'migrate') continue;
    previous = record;
    break;
  }
  if (!previous || previous.event.t === 'start' || previous.event.t === 'admit' || previous.event.t === 'hold') {
    return undefined;
  }
  if (previous.event.t === 'wake' || previous.event.t === 'child-end') return undefined;
  if (previous.event.t === 'issue') {
    return policy === 'retry'
      ? undefined
      : `${event.key} (${event.class}) was announced twice in a row, though its policy is ${policy}`;
  }
  if (previous.event.t === 'doubt') return `${event.key} was issued again although it is in doubt`;
  if (previous.event.t !== 'retry') return `${event.key} was announced after "${previous.event.t}"`;
  const { err } = previous.event;
  if (err.code === 'timeout') {
    return policy === 'retry' || mayRepeat ? undefined : `${event.key} (${event.class}) timed out and was issued again`;
  }
  if (err.code === 'in-doubt') {
    const isOrdered = history.resolutions.some(
      (order) => order.run === run && order.decision === 'retry' && order.serial < (previous?.serial ?? 0),
    );
    return isOrdered ? undefined : `${event.key} was in doubt and issued again without an order`;
  }
  return undefined;
}

function wishOf(history: History, { journal, index }: { journal: readonly Recorded[]; index: number }, n: string) {
  // what applied when it was recovered: the version of the next announcement at the latest
  const program = programAt(history, journal, index + 1);
  return program?.graph.nodes[program.graph.byId.get(n) ?? -1]?.def.inDoubt;
}
