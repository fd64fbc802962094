import type { Run } from '../../core/engine/run.ts';
import { waitingFor } from '../../core/engine/view.ts';
import { isInDoubt, isListening, resolve } from './controls.ts';
import { deliver } from './deliver.ts';
import { dump, dumpLike } from './dump.ts';
import type { World } from './world.ts';

/** More than any scenario can need; reaching it means that something never ends. */
const MAX_MOVES = 30_000;
const MAX_ROUNDS = 400;

/**
 * The trouble is over. Everything must come to rest visibly by itself; then, with every pause lifted, every doubt
 * settled and every signal given, everything must end (promise P1).
 */
export function settle(world: World): void {
  world.isCalm = true;
  world.zombies.length = 0;
  world.deafUntil = 0;
  // replies that were lost are noticed when the object goes and comes back
  world.evict();
  for (let round = 0; round < MAX_ROUNDS; round++) {
    quiesce(world);
    if (world.history.violations.length > 0) return;
    if (round === 0) compareAll(world);
    for (const run of world.driver.shard.runs.values()) {
      const problem = whyStuck(world, run);
      if (problem !== undefined) {
        world.violate('P1', problem);
        return;
      }
    }
    if (world.driver.shard.runs.size === 0) return;
    nudge(world);
  }
  world.violate('P1', `${[...world.driver.shard.runs.keys()].join(', ')} never ended`);
}

/** Lets everything happen that happens by itself. */
function quiesce(world: World): void {
  for (let moves = 0; moves < MAX_MOVES; moves++) {
    const { driver } = world;
    if (driver.pending.length > 0) {
      world.flush(driver, driver.pending.length);
      continue;
    }
    const reply = world.replies.find((other) => other.driver === driver);
    if (reply) {
      deliver(world, reply);
      continue;
    }
    const load = driver.loads.shift();
    if (load) {
      world.act(driver, () => driver.shard.loaded(load.for, world.program(load.workflow)));
      continue;
    }
    const action = driver.later.shift();
    if (action) {
      world.act(driver, action);
      continue;
    }
    const due = driver.shard.timers.peek();
    if (due === undefined) return;
    world.nowMs = Math.max(world.nowMs, due);
    world.tick(driver);
  }
  world.violate('P1', 'things go on and on without coming to rest');
}

/** Undefined when the run says what it waits for, and that can only come from outside. */
function whyStuck(world: World, run: Run): string | undefined {
  if (!run.live) return `${run.id} is over but was not let go`;
  if (run.final) return `${run.id} still owes its error workflow`;
  if (run.paused) return undefined;
  const reason = waitingFor(run);
  if (run.held) {
    if (reason !== 'concurrency') return `${run.id} is held by ${reason ?? 'nothing'} although its time has come`;
    const key = run.start.limits?.concurrency;
    const holders = [...world.driver.shard.runs.values()].filter(
      (other) => !other.held && other.start.limits?.concurrency === key,
    );
    return holders.length > 0 ? undefined : `${run.id} is held by a concurrency limit that nobody uses`;
  }
  if (reason === 'in-doubt') return undefined;
  if (run.active && isListening(run)) return undefined;
  if (reason === 'child') {
    const { state } = run.active ?? { state: { kind: 'done' } };
    const child = state.kind === 'children' && 'runs' in state ? state.runs.at(-1) : undefined;
    return child !== undefined && world.driver.shard.runs.has(child)
      ? undefined
      : `${run.id} waits for a child that is gone`;
  }
  return `${run.id} is ${run.status} for ${reason ?? 'no reason'} (${run.active?.state.kind ?? 'no step'}) and nothing will move it`;
}

function nudge(world: World): void {
  const { driver } = world;
  for (const run of driver.shard.runs.values()) {
    if (run.final) continue;
    world.act(driver, () => {
      if (run.paused) driver.shard.resume(run);
      else if (isInDoubt(run)) resolve(world, run, world.dice.pick(['done', 'fail', 'retry']));
      else if (isListening(run)) driver.shard.signal(run, [{ json: { n: 2 } }]);
    });
  }
}

/** Everything is committed and at rest: memory and journal must agree (promise P10). */
function compareAll(world: World): void {
  for (const [id, run] of world.driver.shard.runs) {
    const live = dump(run);
    const replayed = dumpLike(run, world.driver.rebuild(id));
    if (live !== replayed) {
      world.violate('P10', `${id} is not what its journal says:\n  live     ${live}\n  replayed ${replayed}`);
    }
  }
}
