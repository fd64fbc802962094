import { withoutPlaceholders } from '../environment/placeholder.ts';
import { placeOf } from '../environment/reference.ts';
import type { Item, JsonObject, Outputs } from '../data/item.ts';
import { noted } from '../engine/custom-data.ts';
import type { FinalStatus, RunEvent, StepError } from '../engine/events.ts';
import { executeStep, keptName, type Surroundings } from '../engine/execute.ts';
import { packOutputs } from '../engine/pack.ts';
import type { Program } from '../engine/program.ts';
import { Run } from '../engine/run.ts';
import type { Step, StepDone } from '../engine/step.ts';
import type { EffectReply, EffectRequest, KeptScope, StepResult, Wake } from '../node/kit.ts';
import { addCounts } from '../quota/meters.ts';
import type { Admission } from './admission.ts';
import { announces, errorOf, orderOf, retryDelay } from './attempt.ts';
import { Calls } from './calls.ts';
import { Gate } from './gate.ts';
import { limitsOf, ownKeyOf } from './limits.ts';
import type { EffectRef, ShardPorts, Watcher } from './ports.ts';
import { overdue, recoverRun } from './recover.ts';
import { type StartRequest, startEvent } from './start.ts';
import { Suspicion } from './suspicion.ts';
import { Timers } from './timers.ts';
import { withUsage } from './usage.ts';
import { Watchers } from './watchers.ts';

/** Steps one run may take before the others get their turn. */
export const SLICE_STEPS = 250;
/** Expression steps all runs together may take before the platform gets its turn: some 50 ms. */
export const SLICE_FUEL = 5_000_000;
/** A request passes several turns before it is answered: one a slice would make it wait for as many slices. */
const BUSY_PAUSE_MS = 20;
/** A run that takes more steps than this is stopped as endless, unless its workflow allows more. */
export const DEFAULT_MAX_STEPS = 25_000;

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
  private readonly calls: Calls;
  private readonly watchers: Watchers;
  private readonly suspicion: Suspicion;
  private readonly ready: Run[] = [];
  private draining = false;
  /** Since the turn began. Not measured by the clock, which Cloudflare stops while code runs. */
  private spentFuel = 0;

  constructor(ports: ShardPorts) {
    this.ports = ports;
    this.gate = new Gate(this);
    this.calls = new Calls(this);
    this.watchers = new Watchers(ports);
    this.suspicion = new Suspicion(this);
  }

  /** Keyed limits: a host restores here what ended runs have used of a rate. */
  get admission(): Admission {
    return this.gate.admission;
  }

  /** Admits a trigger. `duplicate` names the run that already used the idempotency key. */
  start(request: StartRequest, watcher?: Watcher): { run: Run } | { duplicate: string } {
    const started = this.begin(request, watcher);
    this.drain();
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
    this.schedule(run);
    this.drain();
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
    if (reply.ok) this.wake(run, active, { kind: 'reply', value: reply.value }, mustWait);
    else this.fail(run, active, errorOf(reply.error), reply.error.retryable !== false, reply.error.customData);
    this.drain();
  }

  /** Answer to a LoadOrder; undefined when there is no such published workflow. */
  loaded(target: EffectRef | { handoff: string }, program: Program | undefined): void {
    if ('handoff' in target) this.calls.handoff(target.handoff, program);
    else this.calls.loaded(target, program);
    this.drain();
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
        else this.elapsed(run, run.active, now);
      }
    }
    this.drain();
  }

  cancel(run: Run, reason = 'Canceled.'): void {
    this.end(run, 'canceled', { code: 'canceled', message: reason });
    this.drain();
  }

  pause(run: Run): void {
    if (!run.paused && !run.final) this.commit(run, { t: 'pause', at: this.ports.now() });
  }

  resume(run: Run): void {
    if (!run.paused) return;
    this.commit(run, { t: 'resume', at: this.ports.now() });
    if (run.active) this.arm(run, run.active);
    this.schedule(run);
    this.drain();
  }

  /** Continues a step that waits for a signal. False when none does. */
  signal(run: Run, given: Item[], more?: JsonObject): boolean {
    const items = withoutPlaceholders(given);
    const detail = more && withoutPlaceholders(more);
    const step = run.active;
    if (run.final || step?.state.kind !== 'wait' || step.state.signal === undefined) return false;
    const wake: Wake = detail === undefined ? { kind: 'signal', items } : { kind: 'signal', items, detail };
    this.wake(run, step, wake, true);
    this.drain();
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
      this.elapsed(run, step, now);
    } else if (decision === 'done') {
      this.finish(run, step, { out: [withoutPlaceholders(items)] });
    } else {
      this.fail(
        run,
        step,
        { code: 'in-doubt', message: 'Given up: the effect may have happened, its outcome is unknown.' },
        false,
      );
    }
    this.drain();
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
    this.drain();
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
    if (!to.active) this.schedule(to);
    this.drain();
  }

  watch(run: string, watcher: Watcher): void {
    this.watchers.add(run, watcher);
  }

  forget(run: Run): void {
    this.runs.delete(run.id);
    this.watchers.drop(run.id);
  }

  // ——— used by Calls and recovery ———

  commit(run: Run, event: RunEvent): void {
    run.apply(event);
    this.ports.append(run, event);
  }

  schedule(run: Run): void {
    this.ready.push(run);
  }

  finish(run: Run, step: Step, outcome: StepDone | { err: StepError; cd?: JsonObject | undefined }): void {
    const n = run.program.graph.nodes[step.node]?.def.id ?? '';
    const now = this.ports.now();
    const event: RunEvent & { t: 'step' } = { t: 'step', at: step.startedAt, n, ms: Math.max(0, now - step.startedAt) };
    if ('err' in outcome) event.err = outcome.err;
    else event.out = outcome.out;
    if ('ctx' in outcome && outcome.ctx) event.ctx = outcome.ctx;
    if ('logs' in outcome && outcome.logs) event.logs = outcome.logs;
    if (outcome.cd) event.cd = noted({}, outcome.cd);
    // expressions' share is written when the run rests: a few bytes a step add up
    if (run.unrecorded.counts) withUsage(run, event);
    const stops = 'err' in outcome && (run.program.graph.nodes[step.node]?.def.onError ?? 'stop') === 'stop';
    const { inputs } = step;
    run.apply(event);
    this.ports.append(run, event.out ? { ...event, out: packOutputs(event.out as Outputs, inputs) } : event);
    if (stops && 'err' in outcome) this.end(run, 'error', { ...outcome.err, n });
    else this.schedule(run);
  }

  /** `cd`: facts the step noted about the run before it failed. */
  fail(run: Run, step: Step, err: StepError, retryable: boolean, cd?: JsonObject): void {
    const def = run.program.graph.nodes[step.node]?.def;
    if (retryable && def?.retry && step.attempts < def.retry.maxTries) {
      const dueAt = this.ports.now() + retryDelay(def.retry, step.attempts, this.ports.random());
      const event: RunEvent & { t: 'retry' } = { t: 'retry', at: step.startedAt, n: def.id, err, dueAt };
      if (cd) event.cd = noted({}, cd);
      this.commit(run, withUsage(run, event));
      this.arm(run, step);
      return;
    }
    this.finish(run, step, { err, cd });
  }

  /** Gives a suspended step what it waited for. `record`: it came from outside and must survive a crash. */
  wake(run: Run, step: Step, wake: Wake, record: boolean): void {
    const n = run.program.graph.nodes[step.node]?.def.id ?? '';
    const round = step.rounds ? { round: step.rounds } : {};
    if (record) this.commit(run, { t: 'wake', at: step.startedAt, n, wake, ...round });
    else step.state = { kind: 'woken', wake };
    this.schedule(run);
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

  /** Sets the timer of a suspended step. */
  arm(run: Run, step: Step): void {
    const { state } = step;
    const at = state.kind === 'retry' ? state.dueAt : state.kind === 'wait' ? state.untilMs : undefined;
    if (at === undefined) return;
    const kind = state.kind === 'retry' ? 'retry' : 'wait';
    this.timers.add({ at, run: run.id, kind, step: step.index, attempt: step.attempts });
  }

  surroundings({ program, unrecorded }: Run): Surroundings {
    return {
      nowMs: this.ports.now(),
      vars: this.ports.vars(program.version),
      resumeUrl: (run) => this.ports.resumeUrl(run),
      resumeFormUrl: (run) => (this.ports.resumeFormUrl ?? this.ports.resumeUrl)(run),
      kept: (name) => this.ports.kept(name),
      spent: (fuel) => void ((this.spentFuel += fuel), (unrecorded.fuel += fuel)),
    };
  }

  /** Works off every run that can move. Not re-entrant: a child that ends wakes its parent in the same loop. */
  drain(): void {
    if (this.draining) return;
    this.draining = true;
    this.spentFuel = 0;
    try {
      for (let run = this.ready.shift(); run; run = this.ready.shift()) if (this.suspicion.allows(run)) this.drive(run);
    } finally {
      this.draining = false;
    }
  }

  // ——— inside ———

  armRun(run: Run): void {
    const at = this.runDeadline(run);
    if (at !== undefined) this.timers.add({ at, run: run.id, kind: 'run' });
  }

  /** When a run that began has to be over, by the version it is on now. */
  private runDeadline(run: Run): number | undefined {
    const { timeoutMs } = run.program.graph.doc.settings;
    return timeoutMs === undefined || run.held ? undefined : (run.admittedAt ?? run.start.at) + timeoutMs;
  }

  /** What the step waited for has come; a pause holds it back until resume() arms it again. */
  private elapsed(run: Run, step: Step, now: number): void {
    const { state } = step;
    if (run.paused) return;
    if (state.kind === 'retry' && state.dueAt <= now) {
      step.state = { kind: 'run' };
      this.schedule(run);
    } else if (state.kind === 'wait' && state.untilMs !== undefined && state.untilMs <= now) {
      this.wake(run, step, { kind: 'timer' }, true);
    }
  }

  private drive(run: Run): void {
    for (let budget = this.suspicion.budgetOf(run, SLICE_STEPS); !run.final && !run.held;) {
      if (run.paused && run.active?.state.kind !== 'woken') return;
      const step = run.next(this.ports.now());
      if (!step) {
        this.end(run, 'success');
        return;
      }
      if (step.state.kind !== 'run' && step.state.kind !== 'woken') return;
      if (step.index >= (run.program.graph.doc.settings.maxSteps ?? DEFAULT_MAX_STEPS)) {
        this.end(run, 'error', {
          code: 'too-many-steps',
          message: `Stopped after ${step.index} steps: the workflow seems to go round without end. Raise settings.maxSteps if it is meant to.`,
        });
        return;
      }
      const isBusy = this.spentFuel > SLICE_FUEL;
      if (budget-- <= 0 || isBusy) {
        const { id } = run;
        const goOn = (): void => {
          // by id: meanwhile it may have moved to another version
          const live = this.runs.get(id);
          if (live) this.schedule(live);
          this.drain();
        };
        this.ports.later(goOn, isBusy ? BUSY_PAUSE_MS : 0);
        return;
      }
      this.take(run, step);
      // finish() schedules for callers outside this loop; here the loop itself goes on
      if (this.ready.at(-1) === run) this.ready.pop();
    }
  }

  private take(run: Run, step: Step): void {
    const result = executeStep(run, step, this.surroundings(run));
    switch (result.kind) {
      case 'failure':
        this.fail(run, step, result.error, true);
        return;
      case 'output':
        this.output(run, step, result);
        return;
      case 'effect':
        this.issue(run, step, result.effect);
        return;
      case 'wait': {
        const { kind: _kind, ...wait } = result;
        const n = run.program.graph.nodes[step.node]?.def.id ?? '';
        this.commit(run, withUsage(run, { t: 'wait', at: step.startedAt, n, ...wait }));
        this.arm(run, step);
        if (wait.untilMs === undefined) this.watchers.atRest(run);
        return;
      }
      case 'call':
        this.calls.request(run, step, result);
    }
  }

  private output(run: Run, step: Step, result: StepResult & { kind: 'output' }): void {
    const def = run.program.graph.nodes[step.node]?.def;
    const first = result.outputs[0]?.[0];
    if (
      def?.retry &&
      first?.json.error !== undefined &&
      step.attempts < def.retry.maxTries &&
      def.onError !== undefined
    ) {
      this.fail(run, step, { code: 'item-error', message: String(first.json.error) }, true, result.customData);
      return;
    }
    if (result.reply) this.watchers.replied(run, result.reply);
    for (const [scope, data] of Object.entries(result.keep ?? {})) {
      this.ports.keep(keptName(run, step, scope as KeptScope), data);
    }
    const done: StepDone = { out: result.outputs };
    if (result.context) done.ctx = result.context;
    if (result.logs) done.logs = result.logs;
    if (result.customData) done.cd = result.customData;
    this.finish(run, step, done);
  }

  private issue(run: Run, step: Step, effect: EffectRequest): void {
    const order = orderOf(run, step, effect);
    const def = run.program.graph.nodes[step.node]?.def;
    // a later round is part of what was announced, unless a loss would find the step woken and ask again by itself
    const isNews = order.round === 0 || (step.state.kind === 'woken' && step.state.recorded === true);
    if (announces(effect) && isNews) {
      this.commit(run, { t: 'issue', at: step.startedAt, n: def?.id ?? '', key: order.key, class: effect.class });
      this.ports.afterCommit(() => {
        if (this.stepOf(order)?.active.state.kind === 'effect') this.ports.perform(order);
      });
    } else {
      this.ports.perform(order);
    }
    step.state = { kind: 'effect', effect, key: order.key, round: order.round };
    if (def?.timeoutMs !== undefined) {
      const at = this.ports.now() + def.timeoutMs;
      this.timers.add({ at, run: run.id, kind: 'effect', step: step.index, attempt: step.attempts });
    }
  }
}
