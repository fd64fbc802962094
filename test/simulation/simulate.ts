import { control } from './controls.ts';
import { type Coverage, tally } from './coverage.ts';
import { deliver } from './deliver.ts';
import type { Driver } from './driver.ts';
import type { History, Violation } from './history.ts';
import { checkPromises } from './promises/index.ts';
import type { Scenario } from './scenario.ts';
import { settle } from './settle.ts';
import { World } from './world.ts';

export interface Outcome {
  violations: Violation[];
  coverage: Coverage;
  history: History;
}

/** Plays a scenario to its end and checks every promise on what happened. A throw of the engine is a violation too. */
export function simulate(scenario: Scenario, trace?: (line: string) => void): Outcome {
  const world = new World(scenario, trace);
  try {
    trouble(world);
    settle(world);
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    world.violate('bug', text.split('\n').slice(0, 6).join('\n'));
  }
  const { history, coverage } = world;
  const violations = [...history.violations];
  if (violations.length === 0) violations.push(...checkPromises(history));
  return { violations, coverage, history };
}

function trouble(world: World): void {
  const { scenario } = world;
  const triggers = scenario.triggers.toSorted((a, b) => a.turn - b.turn);
  const faults = scenario.faults.filter((fault) => 'turn' in fault).toSorted((a, b) => a.turn - b.turn);
  const controls = scenario.controls.toSorted((a, b) => a.turn - b.turn);
  for (let trigger = 0, fault = 0, order = 0; world.turn < scenario.turns; world.turn++) {
    for (let next = triggers[trigger]; next && next.turn <= world.turn; next = triggers[++trigger]) {
      world.trace?.(`${world.turn} trigger ${next.workflow} ${next.key ?? ''}`);
      world.trigger(next);
    }
    for (let next = controls[order]; next && next.turn <= world.turn; next = controls[++order]) {
      world.trace?.(`${world.turn} ${next.kind}`);
      control(world, next);
    }
    for (let next = faults[fault]; next && next.turn <= world.turn; next = faults[++fault]) {
      world.trace?.(`${world.turn} fault ${next.kind}`);
      if (next.kind === 'crash') world.crash();
      else if (next.kind === 'evict') world.evict();
      else if (next.kind === 'usurp') world.usurp();
      else if (next.kind === 'tick') tick(world, world.driver);
      else if (next.kind === 'deaf') world.deafUntil = world.turn + next.turns;
      else if (next.kind === 'clock') jump(world, next.byMs);
    }
    move(world);
  }
}

function jump(world: World, byMs: number): void {
  world.nowMs += byMs;
  tally(world.coverage, byMs < 0 ? 'clockBack' : 'clockForward');
}

function tick(world: World, driver: Driver): void {
  tally(world.coverage, 'ticks');
  world.tick(driver);
}

/** One thing that can happen now, by chance. */
function move(world: World): void {
  const { dice, driver } = world;
  const zombie = world.zombies.length > 0 && dice.chance(0.3) ? dice.pick(world.zombies) : undefined;
  if (zombie) {
    haunt(world, zombie);
    return;
  }
  const ripe = world.replies.filter((reply) => reply.notBefore <= world.turn && reply.driver === driver);
  const flush = driver.pending.length > 0 ? 2 : 0;
  const options = flush + ripe.length + driver.loads.length + driver.later.length;
  const due = driver.shard.timers.peek();
  if (due !== undefined && due <= world.nowMs && world.turn >= world.deafUntil && dice.chance(0.5)) {
    tick(world, driver);
    return;
  }
  if (options === 0 || dice.chance(0.12)) {
    pass(world, due, options === 0);
    return;
  }
  let choice = dice.below(options);
  if (choice < flush) {
    world.flush(driver, dice.chance(0.7) ? driver.pending.length : dice.between(1, driver.pending.length));
    return;
  }
  choice -= flush;
  const reply = ripe[choice];
  if (reply) {
    deliver(world, reply);
    return;
  }
  choice -= ripe.length;
  const load = driver.loads[choice];
  if (load) {
    // sometimes the same answer comes twice
    if (!dice.chance(0.1)) driver.loads.splice(choice, 1);
    world.act(driver, () => driver.shard.loaded(load.for, world.program(load.workflow)));
    return;
  }
  const [action] = driver.later.splice(0, 1);
  if (action) world.act(driver, action);
}

/** What a driver does that does not know it was replaced. */
function haunt(world: World, zombie: Driver): void {
  const { dice } = world;
  tally(world.coverage, 'staleTurns');
  const reply = world.replies.find((other) => other.driver === zombie);
  if (reply && dice.chance(0.4)) deliver(world, reply);
  else if (dice.chance(0.3)) tick(world, zombie);
  else if (zombie.pending.length > 0) world.flush(zombie, zombie.pending.length);
  if (zombie.dead) world.zombies.splice(world.zombies.indexOf(zombie), 1);
}

function pass(world: World, due: number | undefined, isIdle: boolean): void {
  const { dice } = world;
  if (isIdle && due !== undefined && dice.chance(0.7)) {
    world.nowMs = Math.max(world.nowMs, due + dice.pick([-1, 0, 0, 1, 40]));
  } else world.nowMs += dice.pick([0, 1, 7, 30, 200]);
}
