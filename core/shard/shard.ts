import { withoutPlaceholders } from '../environment/placeholder.ts';
import { placeOf } from '../environment/reference.ts';
import type { Item, JsonObject } from '../data/item.ts';
import type { FinalStatus, RunEvent, StepError } from '../engine/events.ts';
import type { Program } from '../engine/program.ts';
import { Run } from '../engine/run.ts';
import type { Step } from '../engine/step.ts';
import type { EffectReply, Wake } from '../node/kit.ts';
import { addCounts } from '../quota/meters.ts';
import type { Admission } from './admission.ts';
import { announces, errorOf } from './attempt.ts';
import { Calls } from './calls.ts';
import { Gate } from './gate.ts';
import { limitsOf, ownKeyOf } from './limits.ts';
import type { EffectRef, ShardPorts, Watcher } from './ports.ts';
import { overdue, recoverRun } from './recover.ts';
import { Slices } from './slices.ts';
import { type StartRequest, startEvent } from './start.ts';
import { Steps } from './steps.ts';
import { Suspicion } from './suspicion.ts';
import { Timers } from './timers.ts';
import { withUsage } from './usage.ts';
import { Watchers } from './watchers.ts';

export type { StartRequest };

/**
 * All live runs of one shard, and every decision about them. Sans-IO: the host calls in (start, reply, tick, control)
 * and the shard speaks through its ports. The same class runs in the runner object, the simulator and the CLI.
 */
export class Shard {
  readonly runs = new Map<string, Run>();
  readonly timers = new Timers();
  readonly ports: ShardPorts;
  readonly gate: Gate;
  readonly steps: Steps;
  readonly slices: Slices;
  private readonly calls: Calls;
  private readonly watchers: Watchers;
  private readonly suspicion: Suspicion;

  constructor(ports: ShardPorts) {
    this.ports = ports;
    this.gate = new Gate(this);
    this.calls = new Calls(this);
    this.watchers = new Watchers(ports);
    this.suspicion = new Suspicion(this);
    this.steps = new Steps(this, this.calls, this.watchers);
    this.slices = new Slices(this, this.suspicion);
  }

  /** Keyed limits: a host restores here what ended runs have used of a rate. */
  get admission(): Admission {
    return this.gate.admission;
  }

  /** Admits a trigger. `duplicate` names the run that already used the idempotency key. */
  start(request: StartRequest, watcher?: Watcher): { run: Run } | { duplicate: string } {
    const started = this.begin(request, watcher);
    this.slices.drain();
    return started;
  }

  /** Admits without running anything yet: whoever starts a run for another one records that first. */
  begin(given: StartRequest, watcher?: Watcher, cause = given.parent?.run): { run: Run } | { duplicate: string } {
    // What a workflow hands to another one is its own.
    const request = given.parent ? given : { ...given, items: withoutPlaceholders(given.items) };
    const { program, node, items } = request;
    const now = this.ports.now();
    const trigger = { program, node, items, nowMs: now, vars: this.ports.vars(program.version) };
    // a call is no trigger: its caller waits for this very run
    const plain = request.key ?? (request.parent ? undefined : ownKeyOf(trigger));
    const key = plain === undefined ? undefined : `${placeOf(program.workflow, program.version)}:${plain}`;
    const earlier = key === undefined ? undefined : this.ports.findKey(key);
    if (earlier !== undefined) return { duplicate: earlier };
    const limits = request.parent ? undefined : limitsOf(trigger);
    const run = new Run(this.ports.newRunId(), program);
    const event = startEvent(request, now, key);
    if (cause !== undefined) this.suspicion.inherit(cause, run);
    this.gate.enter(run, event, limits);
    if (key !== undefined) this.ports.putKey(key, run.id);
    if (watcher) this.watch(run.id, watcher);
    return { run };
  }

  /** A copy of an earlier run up to the step before `cut`, which then goes on by itself. */
  rerun(id: string, program: Program, events: readonly RunEvent[], cut: number, watcher?: Watcher): Run {
    const [first] = events;
    if (first?.t !== 'start') throw new Error(`no start event for ${id}`);
    const run = new Run(this.ports.newRunId(), program);
    const { hold: _hold, key: _key, parent: _parent, limits: _limits, ...rest } = first;
    this.runs.set(run.id, run);
    this.commit(run, { ...rest, at: this.ports.now(), mode: 'retry', version: program.version, rerunOf: id });
    const outcomes = events.filter((event) => event.t === 'step').slice(0, cut);
    for (const outcome of outcomes) this.commit(run, outcome);
    if (watcher) this.watch(run.id, watcher);
    this.armRun(run);
    this.slices.schedule(run);
    this.slices.drain();
    return run;
  }

  /** The outcome of an effect. Late, doubled or foreign replies change nothing. */
  reply(ref: EffectRef, reply: EffectReply): void {
    const step = this.stepOf(ref);
    if (!step || step.active.state.kind !== 'effect' || step.active.state.round !== ref.round) return;
    const { run, active } = step;
    if (reply.usage) addCounts((run.unrecorded.counts ??= {}), reply.usage);
    // one that has to wait for its turn must not be lost meanwhile: what was announced would be in doubt
    const mustWait = this.suspicion.detains(run) && announces(step.active.state.effect);
    if (reply.ok) this.steps.wake(run, active, { kind: 'reply', value: reply.value }, mustWait);
    else this.steps.fail(run, active, errorOf(reply.error), reply.error.retryable !== false, reply.error.customData);
    this.slices.drain();
  }

  /** Answer to a LoadOrder; undefined when there is no such published workflow. */
  loaded(target: EffectRef | { handoff: string }, program: Program | undefined): void {
    if ('handoff' in target) this.calls.handoff(target.handoff, program);
    else this.calls.loaded(target, program);
    this.slices.drain();
  }

  /** Fires every timer that is due (promise P6: never before its time). */
  tick(): void {
    const now = this.ports.now();
    for (let timer = this.timers.due(now); timer; timer = this.timers.due(now)) {
      const run = this.runs.get(timer.run);
      if (!run || run.final) continue;
      if (timer.kind === 'run') {
        if (now < (this.runDeadline(run) ?? Number.POSITIVE_INFINITY)) continue;
        this.end(run, 'error', { code: 'run-timeout', message: 'The run took longer than its workflow allows.' });
      } else if (timer.kind === 'hold') {
        if (run.held && (run.start.hold?.dueAt ?? 0) <= now) this.gate.elapsed(run);
      } else if (run.active && run.active.index === timer.step && run.active.attempts === timer.attempt) {
        // a pause holds back what comes next, not the limit of what is under way
        if (timer.kind === 'effect') overdue(run, run.active, this);
        else this.steps.elapsed(run, run.active, now);
      }
    }
    this.slices.drain();
  }

  cancel(run: Run, reason = 'Canceled.'): void {
    this.end(run, 'canceled', { code: 'canceled', message: reason });
    this.slices.drain();
  }

  pause(run: Run): void {
    if (!run.paused && !run.final) this.commit(run, { t: 'pause', at: this.ports.now() });
  }

  resume(run: Run): void {
    if (!run.paused) return;
    this.commit(run, { t: 'resume', at: this.ports.now() });
    if (run.active) this.steps.arm(run, run.active);
    this.slices.schedule(run);
    this.slices.drain();
  }

  /** Continues a step that waits for a signal. False when none does. */
  signal(run: Run, given: Item[], more?: JsonObject): boolean {
    const items = withoutPlaceholders(given);
    const detail = more && withoutPlaceholders(more);
    const step = run.active;
    if (run.final || step?.state.kind !== 'wait' || step.state.signal === undefined) return false;
    const wake: Wake = detail === undefined ? { kind: 'signal', items } : { kind: 'signal', items, detail };
    this.steps.wake(run, step, wake, true);
    this.slices.drain();
    return true;
  }

  /** Settles an effect in doubt. False when the step is not in doubt. */
  resolve(run: Run, index: number, decision: 'retry' | 'fail' | 'done', items: Item[]): boolean {
    const step = run.active;
    if (!step || step.index !== index || step.state.kind !== 'doubt' || run.final) return false;
    if (decision === 'retry') {
      // recorded, so that nobody is asked the same again after a restart
      const now = this.ports.now();
      const n = run.program.graph.nodes[step.node]?.def.id ?? '';
      this.commit(run, {
        t: 'retry',
        at: step.startedAt,
        n,
        err: { code: 'in-doubt', message: 'Repeated by hand.' },
        dueAt: now,
      });
      this.steps.elapsed(run, step, now);
    } else if (decision === 'done') {
      this.steps.finish(run, step, { out: [withoutPlaceholders(items)] });
    } else {
      this.steps.fail(
        run,
        step,
        { code: 'in-doubt', message: 'Given up: the effect may have happened, its outcome is unknown.' },
        false,
      );
    }
    this.slices.drain();
    return true;
  }

  /** Takes a replayed run in and continues it where its journal ends. */
  adopt(run: Run): void {
    this.runs.set(run.id, run);
    if (run.held) {
      this.admission.park(run);
      if (run.start.hold?.dueAt !== undefined) this.gate.armHold(run);
    } else if (!run.final) {
      this.admission.take(run.start.limits, run.tat);
    }
  }

  /**
   * After all runs were adopted: re-issue, re-arm, ask. `note`: what the last host wrote down (`ports.note`); without it
   * nobody is under suspicion of having ended that host.
   */
  recover(note?: string): void {
    if (note !== undefined) this.suspicion.begin(note);
    for (const run of this.runs.values()) {
      if (!run.final) this.armRun(run);
      recoverRun(run, this, this.calls);
    }
    this.slices.drain();
  }

  /** Puts a run that was replayed on another version in the place of itself (promise P7). */
  exchange(from: Run, to: Run): void {
    // an effect under way stays under way: its reply belongs to the same step
    if (from.active && to.active?.index === from.active.index) {
      to.active.state = from.active.state;
      if (from.active.rounds !== undefined) to.active.rounds = from.active.rounds;
    }
    this.runs.set(to.id, to);
    if (from.held) this.admission.swap(from, to);
    this.commit(to, { t: 'migrate', at: this.ports.now(), version: to.program.version });
    this.armRun(to);
    if (!to.active) this.slices.schedule(to);
    this.slices.drain();
  }

  watch(run: string, watcher: Watcher): void {
    this.watchers.add(run, watcher);
  }

  forget(run: Run): void {
    this.runs.delete(run.id);
    this.watchers.drop(run.id);
  }

  // ——— used by the parts of the shard ———

  commit(run: Run, event: RunEvent): void {
    run.apply(event);
    this.ports.append(run, event);
  }

  end(run: Run, status: FinalStatus, err?: StepError & { n?: string }): void {
    if (run.final) return;
    const began = !run.held;
    if (run.held) this.admission.unpark(run);
    const awaited = run.active?.state;
    const child = awaited?.kind === 'children' && awaited.wait ? awaited.runs.at(-1) : undefined;
    const event: RunEvent & { t: 'end' } = { t: 'end', at: this.ports.now(), status };
    if (err) event.err = err;
    this.commit(run, withUsage(run, event));
    if (began) this.admission.release(run.start.limits);
    this.watchers.atRest(run);
    if (child !== undefined) {
      const live = this.runs.get(child);
      if (live) this.end(live, 'canceled', { code: 'canceled', message: `The calling run ended as ${status}.` });
    }
    this.calls.ended(run);
    if (run.owesHandoff) this.calls.requestHandoff(run);
    if (run.start.limits) this.gate.admitNext(run);
  }

  stepOf(ref: EffectRef): { run: Run; active: Step } | undefined {
    const run = this.runs.get(ref.run);
    const active = run?.active;
    if (!run || run.final || !active || active.index !== ref.step || active.attempts !== ref.attempt) return undefined;
    return { run, active };
  }

  armRun(run: Run): void {
    const at = this.runDeadline(run);
    if (at !== undefined) this.timers.add({ at, run: run.id, kind: 'run' });
  }

  /** When a run that began has to be over, by the version it is on now. */
  private runDeadline(run: Run): number | undefined {
    const { timeoutMs } = run.program.graph.doc.settings;
    return timeoutMs === undefined || run.held ? undefined : (run.admittedAt ?? run.start.at) + timeoutMs;
  }
}
