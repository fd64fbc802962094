import type { JsonObject, Outputs } from '../data/item.ts';
import { noted } from '../engine/custom-data.ts';
import type { RunEvent, StepError } from '../engine/events.ts';
import { executeStep, keptName, type Surroundings } from '../engine/execute.ts';
import { packOutputs } from '../engine/pack.ts';
import type { Run } from '../engine/run.ts';
import type { Step, StepDone } from '../engine/step.ts';
import type { EffectRequest, KeptScope, StepResult, Wake } from '../node/kit.ts';
import { announces, orderOf, retryDelay } from './attempt.ts';
import type { Calls } from './calls.ts';
import { doneOf } from './done.ts';
import type { Shard } from './shard.ts';
import { withUsage } from './usage.ts';
import type { Watchers } from './watchers.ts';

/** What becomes of a run's step at hand: it is taken, asks for something, is woken, tried again, finished. */
export class Steps {
  private readonly shard: Shard;
  private readonly calls: Calls;
  private readonly watchers: Watchers;

  constructor(shard: Shard, calls: Calls, watchers: Watchers) {
    this.shard = shard;
    this.calls = calls;
    this.watchers = watchers;
  }

  take(run: Run, step: Step): void {
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
        const { kind: _kind, reply, ...wait } = result;
        if (reply) this.watchers.replied(run, reply);
        const n = run.program.graph.nodes[step.node]?.def.id ?? '';
        this.shard.commit(run, withUsage(run, { t: 'wait', at: step.startedAt, n, ...wait }));
        this.arm(run, step);
        // a chat is asked, however long it may take its time: whoever sent the message before has the question for an answer
        if (wait.untilMs === undefined || wait.signal === 'chat') this.watchers.atRest(run);
        return;
      }
      case 'call':
        this.calls.request(run, step, result);
    }
  }

  finish(run: Run, step: Step, outcome: StepDone | { err: StepError; cd?: JsonObject | undefined }): void {
    const n = run.program.graph.nodes[step.node]?.def.id ?? '';
    const now = this.shard.ports.now();
    const event: RunEvent & { t: 'step' } = { t: 'step', at: step.startedAt, n, ms: Math.max(0, now - step.startedAt) };
    if ('err' in outcome) event.err = outcome.err;
    else event.out = outcome.out;
    if ('ctx' in outcome && outcome.ctx) event.ctx = outcome.ctx;
    if ('logs' in outcome && outcome.logs) event.logs = outcome.logs;
    if ('say' in outcome && outcome.say !== undefined) event.say = outcome.say;
    if (outcome.cd) event.cd = noted({}, outcome.cd);
    // expressions' share is written when the run rests: a few bytes a step add up
    if (run.unrecorded.counts) withUsage(run, event);
    const stops = 'err' in outcome && (run.program.graph.nodes[step.node]?.def.onError ?? 'stop') === 'stop';
    const { inputs } = step;
    run.apply(event);
    this.shard.ports.append(run, event.out ? { ...event, out: packOutputs(event.out as Outputs, inputs) } : event);
    if (stops && 'err' in outcome) this.shard.end(run, 'error', { ...outcome.err, n });
    else this.shard.slices.schedule(run);
  }

  /** `cd`: facts the step noted about the run before it failed. */
  fail(run: Run, step: Step, err: StepError, retryable: boolean, cd?: JsonObject): void {
    const def = run.program.graph.nodes[step.node]?.def;
    if (retryable && def?.retry && step.attempts < def.retry.maxTries) {
      const dueAt = this.shard.ports.now() + retryDelay(def.retry, step.attempts, this.shard.ports.random());
      const event: RunEvent & { t: 'retry' } = { t: 'retry', at: step.startedAt, n: def.id, err, dueAt };
      if (cd) event.cd = noted({}, cd);
      this.shard.commit(run, withUsage(run, event));
      this.arm(run, step);
      return;
    }
    this.finish(run, step, { err, cd });
  }

  /** Gives a suspended step what it waited for. `record`: it came from outside and must survive a crash. */
  wake(run: Run, step: Step, wake: Wake, record: boolean): void {
    const n = run.program.graph.nodes[step.node]?.def.id ?? '';
    const round = step.rounds ? { round: step.rounds } : {};
    if (record) this.shard.commit(run, { t: 'wake', at: step.startedAt, n, wake, ...round });
    else step.state = { kind: 'woken', wake };
    this.shard.slices.schedule(run);
  }

  /** Sets the timer of a suspended step. */
  arm(run: Run, step: Step): void {
    const { state } = step;
    const at = state.kind === 'retry' ? state.dueAt : state.kind === 'wait' ? state.untilMs : undefined;
    if (at === undefined) return;
    const kind = state.kind === 'retry' ? 'retry' : 'wait';
    this.shard.timers.add({ at, run: run.id, kind, step: step.index, attempt: step.attempts });
  }

  /** What the step waited for has come; a pause holds it back until resume() arms it again. */
  elapsed(run: Run, step: Step, now: number): void {
    const { state } = step;
    if (run.paused) return;
    if (state.kind === 'retry' && state.dueAt <= now) {
      step.state = { kind: 'run' };
      this.shard.slices.schedule(run);
    } else if (state.kind === 'wait' && state.untilMs !== undefined && state.untilMs <= now) {
      this.wake(run, step, { kind: 'timer' }, true);
    }
  }

  surroundings({ program, unrecorded }: Run): Surroundings {
    return {
      nowMs: this.shard.ports.now(),
      vars: this.shard.ports.vars(program.version),
      resumeUrl: (run, step) => this.shard.ports.resumeUrl(run, step),
      resumeFormUrl: (run) => this.shard.ports.resumeFormUrl?.(run) ?? this.shard.ports.resumeUrl(run, 0),
      kept: (name) => this.shard.ports.kept(name),
      spent: (fuel) => void (this.shard.slices.spend(fuel), (unrecorded.fuel += fuel)),
    };
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
      this.shard.ports.keep(keptName(run, step, scope as KeptScope), data);
    }
    this.finish(run, step, doneOf(run, result));
  }

  private issue(run: Run, step: Step, effect: EffectRequest): void {
    const order = orderOf(run, step, effect);
    const def = run.program.graph.nodes[step.node]?.def;
    // a later round is part of what was announced, unless a loss would find the step woken and ask again by itself
    const isNews = order.round === 0 || (step.state.kind === 'woken' && step.state.recorded === true);
    if (announces(effect) && isNews) {
      this.shard.commit(run, { t: 'issue', at: step.startedAt, n: def?.id ?? '', key: order.key, class: effect.class });
      this.shard.ports.afterCommit(() => {
        if (this.shard.stepOf(order)?.active.state.kind === 'effect') this.shard.ports.perform(order);
      });
    } else {
      this.shard.ports.perform(order);
    }
    step.state = { kind: 'effect', effect, key: order.key, round: order.round };
    if (def?.timeoutMs !== undefined) {
      const at = this.shard.ports.now() + def.timeoutMs;
      this.shard.timers.add({ at, run: run.id, kind: 'effect', step: step.index, attempt: step.attempts });
    }
  }
}
