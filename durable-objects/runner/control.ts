import type { Json } from '../../core/data/item.ts';
import { migrationProblem, replay } from '../../core/engine/replay.ts';
import type { Run } from '../../core/engine/run.ts';
import type { Watcher } from '../../core/shard/ports.ts';
import type { Shard } from '../../core/shard/shard.ts';
import { deadline } from './deadline.ts';
import { type Desk, notFound, refuse } from './desk.ts';
import { headOf } from './head.ts';
import { publicHead } from './list.ts';
import type { ControlCall, Outcome, Refusal } from './protocol.ts';
import { begunBy, cutBefore } from './rerun.ts';
import { rerunKey } from './store.ts';

/** Orders to runs that there are: cancel, pause, resume, signal, resolve, rerun, migrate. */
export class Control {
  private readonly desk: Desk;

  constructor(desk: Desk) {
    this.desk = desk;
  }

  async take(id: string, call: ControlCall): Promise<Outcome<Json>> {
    if (call.kind === 'rerun') return this.rerun(id, call);
    const run = this.desk.shard.runs.get(id);
    if (!run || run.final) {
      return (await this.desk.views.past(id)) ? refuse(409, 'run-finished', 'The run has already ended.') : notFound();
    }
    if (call.kind === 'migrate') return this.migrate(run, call);
    if (call.kind === 'signal' && this.desk.addresses.holder(id, call.token)?.kind !== 'resumer') return notFound();
    return new Promise((resolve) => {
      this.desk.turn(() => {
        const refused = controlLive(this.desk.shard, run, call);
        if (refused) resolve({ ok: false, error: refused });
        else this.desk.journal.after(() => resolve({ ok: true, value: publicHead(headOf(run, 0)) as unknown as Json }));
      });
    });
  }

  private async rerun(id: string, call: ControlCall & { kind: 'rerun' }): Promise<Outcome<Json>> {
    const recorded = await this.desk.views.recorded(id);
    if (!recorded) return notFound();
    const { run: original } = recorded;
    const cut = cutBefore(original, call.node);
    if (cut === undefined) {
      return refuse(
        400,
        'node-not-run',
        'That node did not run in this run.',
        'Name a node of the run, by id or name.',
      );
    }
    const events = begunBy(recorded.events, call.by);
    const wait = this.desk.room();
    const refused = this.desk.refusal(wait ? await wait : false);
    if (refused) return refused;
    return new Promise((resolve) => {
      const late = deadline(call.waitMs, (run) => resolve({ ok: true, value: { run } }));
      this.desk.turn(() => {
        const watcher: Watcher = {
          rest: (run) => late.met(() => resolve({ ok: true, value: { run: run.id, view: this.desk.views.of(run) } })),
        };
        const run = this.desk.shard.rerun(id, original.program, events, cut, call.waitMs ? watcher : undefined);
        this.desk.journal.putKey(rerunKey(id, run.id), run.id);
        if (call.waitMs) late.arm(run.id);
        else this.desk.journal.after(() => resolve({ ok: true, value: { run: run.id } }));
      });
    });
  }

  private async migrate(run: Run, call: ControlCall & { kind: 'migrate' }): Promise<Outcome<Json>> {
    const program = await this.desk.programs.load(call.source);
    const recorded = await this.desk.views.recorded(run.id);
    if (!program || !recorded) return refuse(404, 'version-unknown', 'There is no such version.');
    const { last, events } = recorded;
    const problem = migrationProblem(run.id, program, events);
    if (problem !== undefined) {
      return refuse(409, 'not-migratable', problem, 'The run stays on its version; let it finish there or cancel it.');
    }
    if (call.dryRun) return { ok: true, value: { compatible: true } };
    if (this.desk.journal.lastSlot(run) !== last || !this.desk.journal.idle || run.final) {
      return refuse(409, 'run-moved-on', 'The run advanced meanwhile; try again.');
    }
    const moved = replay(run.id, program, events);
    return new Promise((resolve) => {
      this.desk.turn(() => {
        this.desk.journal.exchange(run, moved);
        this.desk.shard.exchange(run, moved);
        this.desk.journal.after(() => resolve({ ok: true, value: publicHead(headOf(moved, 0)) as unknown as Json }));
      });
    });
  }
}

type LiveCall = Exclude<ControlCall, { kind: 'rerun' | 'migrate' }>;

/** Applies an order to a live run; returns why it cannot. */
function controlLive(shard: Shard, run: Run, call: LiveCall): Refusal | undefined {
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
