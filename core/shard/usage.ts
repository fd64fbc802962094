import type { RunEvent } from '../engine/events.ts';
import type { Run } from '../engine/run.ts';
import { cpuUsOfFuel } from '../quota/measure.ts';
import type { Counts } from '../quota/meters.ts';

/** Writes what the run used so far into an event, which is recorded with it or not at all. */
export function withUsage<E extends RunEvent & { u?: Counts }>(run: Run, event: E): E {
  const { fuel, counts } = run.unrecorded;
  if (fuel === 0 && !counts) return event;
  const u = counts ?? {};
  if (fuel > 0) u.cpuUs = (u.cpuUs ?? 0) + cpuUsOfFuel(fuel);
  event.u = u;
  run.unrecorded = { fuel: 0, counts: undefined };
  return event;
}
