import { createHash } from 'node:crypto';
import type { Outcome } from './simulate.ts';

/** Everything that happened in a simulation as text, one line each; the same seed gives the same bytes. */
export function* lines({ history, coverage, violations }: Outcome): Generator<string> {
  for (const { epoch, serial, records } of history.commits) {
    yield `commit ${serial} by ${epoch}`;
    for (const { run, event, at } of records) yield `  ${run} ${at} ${JSON.stringify(event)}`;
  }
  for (const { order, serial, stale } of history.performed) {
    yield `effect ${serial} ${order.key} ${order.attempt} ${stale}`;
  }
  for (const { stepKey, serial, at } of history.executed) yield `ran ${serial} ${stepKey} ${at}`;
  for (const { run, serial, duplicate } of history.acknowledged) yield `acknowledged ${serial} ${run} ${duplicate}`;
  yield JSON.stringify(Object.entries(coverage).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  yield JSON.stringify(violations);
}

export function digest(outcome: Outcome): string {
  const hash = createHash('sha256');
  for (const line of lines(outcome)) hash.update(line).update('\n');
  return hash.digest('hex');
}
