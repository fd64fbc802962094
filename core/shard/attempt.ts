import type { StepError } from '../engine/events.ts';
import { stepKeyOf } from '../engine/execute.ts';
import type { Run } from '../engine/run.ts';
import type { Step } from '../engine/step.ts';
import type { Retry } from '../graph/document.ts';
import type { EffectRequest } from '../node/kit.ts';
import type { EffectOrder } from './ports.ts';

/** A repeat of pure and idempotent effects harms nobody, so they need no record before they are issued. */
export const announces = (effect: EffectRequest): boolean => effect.class !== 'pure' && effect.class !== 'idempotent';

/** The next order of a step. A step that asks again on waking (pages) counts rounds; round 0 keeps the bare key. */
export function orderOf(run: Run, step: Step, effect: EffectRequest): EffectOrder {
  const before = step.state.kind === 'woken' ? (step.rounds ?? 0) : -1;
  const round = before + 1;
  step.rounds = round;
  const base = stepKeyOf(run, step);
  return {
    run: run.id,
    step: step.index,
    attempt: step.attempts,
    round,
    key: round === 0 ? base : `${base}#${round}`,
    effect,
  };
}

/** Wait before the attempt after `attempts`: backed off, capped, with jitter from `random` in [0,1). */
export function retryDelay(retry: Retry, attempts: number, random: number): number {
  const wait = Math.min(retry.waitMs * (retry.backoff ?? 1) ** (attempts - 1), retry.maxWaitMs ?? 86_400_000);
  const jitter = wait * (retry.jitter ?? 0);
  return Math.round(wait - jitter / 2 + jitter * random);
}

/** A failed effect as the step's error. */
export function errorOf(failure: { code: string; message: string; detail?: unknown }): StepError {
  const error: StepError = { code: failure.code, message: failure.message };
  if (typeof failure.detail === 'string') error.description = failure.detail;
  return error;
}
