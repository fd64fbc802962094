import type { Run } from '../../core/engine/run.ts';
import type { Shard } from '../../core/shard/shard.ts';
import type { ControlCall, Refusal } from './protocol.ts';

type LiveCall = Exclude<ControlCall, { kind: 'rerun' | 'migrate' }>;

/** Applies an order to a live run; returns why it cannot. */
export function controlLive(shard: Shard, run: Run, call: LiveCall): Refusal | undefined {
  switch (call.kind) {
    case 'cancel':
      shard.cancel(run, call.reason);
      return undefined;
    case 'pause':
      if (run.paused) return { status: 409, code: 'already-paused', message: 'The run is already paused.' };
      shard.pause(run);
      return undefined;
    case 'resume':
      if (!run.paused) return { status: 409, code: 'not-paused', message: 'The run is not paused.' };
      shard.resume(run);
      return undefined;
    case 'signal':
      return (call.step === undefined || call.step === run.active?.index) && shard.signal(run, call.items, call.detail)
        ? undefined
        : { status: 409, code: 'not-waiting', message: 'The run does not wait for this now.' };
    case 'resolve':
      return shard.resolve(run, call.step, call.decision, call.items ?? [])
        ? undefined
        : { status: 409, code: 'not-in-doubt', message: 'That step is not in doubt.' };
  }
}
