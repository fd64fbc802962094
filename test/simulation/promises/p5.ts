import type { History } from '../history.ts';

/** P5: after a driver took over, nothing of an older one was written, and it told nobody that anything was. */
export function checkP5(history: History): string | undefined {
  let boot = 0;
  let epoch = 0;
  for (const commit of history.commits) {
    for (let next = history.boots[boot]; next && next.serial < commit.serial; next = history.boots[++boot]) {
      epoch = next.epoch;
    }
    if (commit.epoch !== epoch) return `a commit of driver ${commit.epoch} was taken while ${epoch} was in charge`;
  }
  const stale = history.acknowledged.find((ack) => ack.stale);
  return stale && `driver ${stale.epoch} acknowledged ${stale.run} after it had been replaced`;
}
