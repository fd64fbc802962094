import { Divergence } from '../../core/engine/divergence.ts';
import { replay } from '../../core/engine/replay.ts';
import type { Run } from '../../core/engine/run.ts';
import { tally } from './coverage.ts';
import type { Control } from './scenario.ts';
import type { World } from './world.ts';

/** Does what somebody orders by hand, as the runner object would. */
export function control(world: World, order: Control): void {
  if (order.kind === 'publish') {
    world.publish(order.pick);
    return;
  }
  if (order.kind === 'rerun') {
    rerun(world, order.pick);
    return;
  }
  const { driver } = world;
  const wants = { resume: (run: Run) => run.paused, signal: isListening, resolve: isInDoubt }[order.kind as string];
  const candidates = [...driver.shard.runs.values()].filter((run) => !run.final && (!wants || wants(run)));
  const run = candidates[order.pick % Math.max(1, candidates.length)];
  if (!run) return;
  if (order.kind === 'migrate') {
    migrate(world, run);
    return;
  }
  tally(world.coverage, `${order.kind}s`);
  world.act(driver, () => {
    if (order.kind === 'cancel') driver.shard.cancel(run);
    else if (order.kind === 'pause') driver.shard.pause(run);
    else if (order.kind === 'resume') driver.shard.resume(run);
    else if (order.kind === 'signal') driver.shard.signal(run, [{ json: { n: order.pick % 5 } }]);
    else if (order.kind === 'resolve') resolve(world, run, order.decision);
  });
}

export const isListening = (run: Run): boolean =>
  run.active?.state.kind === 'wait' && run.active.state.signal !== undefined;
export const isInDoubt = (run: Run): boolean => run.active?.state.kind === 'doubt';

export function resolve(world: World, run: Run, decision: 'retry' | 'fail' | 'done'): void {
  const step = run.active?.index ?? -1;
  const serial = world.store.serial++;
  if (!world.driver.shard.resolve(run, step, decision, [{ json: { n: 1 } }])) return;
  world.history.resolutions.push({ run: run.id, step, decision, serial });
}

function rerun(world: World, pick: number): void {
  const { driver } = world;
  const ids = [...world.store.journals.keys()];
  const id = ids[pick % Math.max(1, ids.length)];
  if (id === undefined) return;
  const program = driver.shard.runs.get(id)?.program ?? driver.programOf(id);
  const events = world.eventsOf(driver, id);
  const steps = events.filter((event) => event.t === 'step').length;
  const cut = pick % (steps + 1);
  tally(world.coverage, 'reruns');
  world.act(driver, () => {
    const run = driver.shard.rerun(id, program, events, cut);
    world.history.reruns.push({ run: run.id, of: id, cut, serial: world.store.serial++ });
  });
}

/** Only after everything pending is committed: what is replayed is what the run is. */
function migrate(world: World, run: Run): void {
  world.flush(world.driver, world.driver.pending.length);
  const { driver } = world;
  const live = driver.shard.runs.get(run.id);
  if (!live || live.final || live.start === undefined) return;
  const { workflow, version } = live.program;
  const to = world.history.programs.get(`${workflow}@${version === 'v1' ? 'v2' : 'v1'}`);
  if (!to) return;
  try {
    const moved = replay(live.id, to, world.eventsOf(driver, live.id));
    tally(world.coverage, 'migrations');
    world.history.migrations.push({
      run: live.id,
      version: to.version,
      epoch: driver.epoch,
      serial: world.store.serial++,
    });
    world.act(driver, () => driver.shard.exchange(live, moved));
  } catch (error) {
    if (!(error instanceof Divergence)) throw error;
    tally(world.coverage, 'migrationsRefused');
  }
}
