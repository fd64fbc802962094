import { outstanding } from '../../core/quota/lease.ts';
import { hourOf, HOUR_MS, type UsageLine } from '../../core/quota/meters.ts';
import { periodAt } from '../../core/quota/period.ts';
import { limitsOf } from '../../core/quota/plans.ts';
import { Book } from '../../durable-objects/meter/book.ts';
import type { Grant, Report, UsageEvent } from '../../durable-objects/meter/protocol.ts';
import { MeterStore } from '../../durable-objects/meter/store.ts';
import { Dice } from '../simulation/dice.ts';
import { Disk } from './disk.ts';
import { Oracle } from './oracle.ts';
import { ShardHost } from './shard-host.ts';

const START_MS = Date.UTC(2026, 0, 30, 12);
const SHARDS = 4;
const ENOUGH_REFUSALS = 300;

export interface Outcome {
  /** Starts and steps of runs, and reports of API calls: each had to be counted once. */
  events: number;
  runs: number;
  refusals: number;
  coverage: Record<string, number>;
  /** The first thing that was wrong; undefined: nothing. */
  problem: string | undefined;
}

export interface Scenario {
  seed: number;
  /** Ends after so many, or once enough was refused. */
  events: number;
  /** There is a hard limit of runs on the way. */
  isLimited: boolean;
}

interface Message {
  report: Report;
  resolve(grant: Grant): void;
  reject(error: Error): void;
}

/**
 * Shards start runs and crash, messages are lost, doubled and late, the meter dies in the middle of transactions.
 * After every step no shard may have started more than it was granted; in the end the books equal the oracle's.
 */
export async function simulate({ seed, events, isLimited }: Scenario): Promise<Outcome> {
  const dice = new Dice(seed);
  const oracle = new Oracle();
  const disk = new Disk();
  const store = new MeterStore(disk.sql);
  const hard = isLimited ? dice.between(100, Math.ceil(events / 5)) : undefined;
  const limits = limitsOf('unlimited', hard === undefined ? {} : { meters: { runs: { hard } } });
  const coverage: Record<string, number> = {};
  const did = (what: string): void => void (coverage[what] = (coverage[what] ?? 0) + 1);
  let nowMs = START_MS;
  let refusals = 0;
  const openBook = (): Book => new Book({ store, transaction: (action) => disk.transaction(action), now: () => nowMs });
  let book = openBook();
  const mail: Message[] = [];
  /** Copies that arrive whenever they like; nobody waits for an answer. */
  const ghosts: (Report | UsageEvent)[] = [];
  let timers: { atMs: number; life: object; action: () => void }[] = [];
  let isCalm = false;

  const toMeter = <T>(action: () => T): T => {
    if (!isCalm && dice.chance(0.02)) disk.crashIn = dice.between(1, 12);
    try {
      return action();
    } catch (error) {
      did('meterCrashes');
      book = openBook();
      throw error;
    } finally {
      disk.crashIn = undefined;
    }
  };
  const deliver = (message: Report | UsageEvent): Grant | boolean =>
    toMeter(() => ('source' in message ? book.fold(message) : book.settle(message, limits)));

  const hosts = Array.from({ length: SHARDS }, (_, shard): ShardHost => {
    return new ShardHost(shard, {
      dice,
      oracle,
      now: () => nowMs,
      send: (report) => new Promise((resolve, reject) => mail.push({ report, resolve, reject })),
      after: (life, action, delayMs) => {
        const timer = { atMs: nowMs + delayMs, life, action };
        timers.push(timer);
        return () => void (timers = timers.filter((each) => each !== timer));
      },
    });
  });

  const handle = ({ report, resolve, reject }: Message): void => {
    const fate = isCalm ? 1 : dice.roll();
    if (fate < 0.05) {
      did('lostRequests');
      reject(new Error('lost'));
      return;
    }
    if (fate < 0.25) ghosts.push(structuredClone(report));
    try {
      const grant = deliver(structuredClone(report)) as Grant;
      if (grant.refused) refusals++;
      if (fate >= 0.05 && fate < 0.12) {
        did('lostReplies');
        reject(new Error('the reply was lost'));
      } else resolve(grant);
    } catch (error) {
      reject(error as Error);
    }
  };

  let isolate = 0;
  let position = 0;
  const apiReport = (): void => {
    if (dice.chance(0.02)) [isolate, position] = [isolate + 1, 0];
    const lateMs = dice.chance(0.2) ? dice.below(60) * HOUR_MS : 0;
    const lines: UsageLine[] = [
      { hour: hourOf(nowMs - lateMs), workflow: '', counts: { apiCalls: dice.between(1, 40) } },
    ];
    const event = { source: `api-${isolate}`, from: position, to: ++position, lines };
    oracle.recorded(lines);
    // At least once: until somebody has told the meter it stays with the ghosts.
    for (let copies = dice.between(1, 3); copies > 0; copies--) ghosts.push(structuredClone(event));
  };

  const ring = (): void => {
    const due = timers.filter(({ atMs }) => atMs <= nowMs);
    timers = timers.filter(({ atMs }) => atMs > nowMs);
    for (const { life, action } of due) if (hosts.some((host) => host.isAlive(life))) action();
  };

  /** USE3 for every shard: what it started and the books do not know yet is covered by what it was granted. */
  const overdraft = (): string | undefined => {
    for (const host of hosts) {
      const lease = store.lease(host.shard);
      const left = outstanding(lease);
      const unknown = (oracle.runs.get(host.shard) ?? 0) - lease.used + host.inMemory;
      if (left < 0 || lease.granted < 0 || lease.returned < 0) return `shard ${host.shard}: ${JSON.stringify(lease)}`;
      if (unknown > left) return `shard ${host.shard} started ${unknown} under ${left}: ${JSON.stringify(lease)}`;
    }
    return undefined;
  };

  const step = (): void => {
    const host = dice.pick(hosts);
    const what = dice.roll();
    if (what < 0.35) host.start(dice.between(1, 12));
    else if (what < 0.65) host.commit();
    else if (what < 0.68) host.upload();
    else if (what < 0.72) apiReport();
    else if (what < 0.78 && ghosts.length > 0) {
      did('ghosts');
      const index = dice.below(ghosts.length);
      const [ghost] = ghosts.splice(index, 1);
      try {
        if (ghost) deliver(ghost);
      } catch {
        // The one that was lost in a crash comes again.
        if (ghost) ghosts.push(ghost);
      }
    } else if (what < 0.784) {
      did('shardCrashes');
      host.crash();
    } else if (what < 0.79) {
      did('recalls');
      void host.metering.settle(true).catch(() => undefined);
    } else if (what < 0.8) host.seal();
    else nowMs += dice.chance(0.01) ? dice.below(HOUR_MS) : dice.below(2_000);
    while (mail.length > 0 && dice.chance(0.8)) handle(mail.shift() as Message);
    ring();
  };

  const breathe = (): Promise<void> => new Promise((done) => setImmediate(done));
  let problem: string | undefined;
  for (let steps = 0; oracle.events < events && refusals < ENOUGH_REFUSALS && problem === undefined; steps++) {
    step();
    await breathe();
    if (steps % 16 === 0) problem = overdraft();
  }

  // Calm: everything that is under way arrives, everybody reports, nothing is needed any more.
  isCalm = true;
  for (const host of hosts) host.upload();
  for (let round = 0; round < 60; round++) {
    for (const host of hosts) {
      host.commit();
      void host.metering.settle(true).catch(() => undefined);
    }
    await breathe();
    while (mail.length > 0) handle(mail.shift() as Message);
    for (const ghost of ghosts.splice(0)) deliver(ghost);
    await breathe();
    nowMs += 1_000;
    ring();
  }
  problem ??= overdraft() ?? oracle.difference(store);
  let runs = 0;
  for (const host of hosts) {
    const lease = store.lease(host.shard);
    runs += lease.used;
    const recorded = oracle.runs.get(host.shard) ?? 0;
    if (lease.used !== recorded) problem ??= `shard ${host.shard} used ${recorded}, settled ${lease.used}`;
    if (outstanding(lease) !== 0) problem ??= `shard ${host.shard} keeps ${outstanding(lease)} it does not need`;
  }
  const period = periodAt(nowMs);
  const used =
    store.rollup.total({ table: 'hourly', from: hourOf(period.startMs), to: hourOf(period.endMs) }).runs ?? 0;
  if (hard !== undefined && used > hard) problem ??= `${used} runs of ${hard} in ${period.id}`;
  return { events: oracle.events, runs, refusals, coverage, problem };
}
