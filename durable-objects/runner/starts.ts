import { startNode } from '../../core/shard/calls.ts';
import type { Watcher } from '../../core/shard/ports.ts';
import type { StartRequest } from '../../core/shard/shard.ts';
import { deadline } from './deadline.ts';
import { type Desk, keyOf, refuse } from './desk.ts';
import type { Outcome, StartCall, StartReply } from './protocol.ts';

/** Runs that people and schedules start. */
export class Starts {
  private readonly desk: Desk;

  constructor(desk: Desk) {
    this.desk = desk;
  }

  async take(call: StartCall): Promise<Outcome<StartReply>> {
    const { programs, journal } = this.desk;
    const program = await programs.load(call.source);
    if (!program) return refuse(404, 'version-unknown', `There is no version ${call.source.version} of this workflow.`);
    const node = call.node ?? startNode(program, []);
    if (node === undefined || !program.graph.byId.has(node)) {
      return refuse(
        400,
        'node-not-found',
        'The workflow has no such node to start at.',
        'Give the id of one of its nodes as "node".',
      );
    }
    const wait = this.desk.room();
    const held = wait ? await wait : false;
    return new Promise((resolve) => {
      const done = (run: string, duplicate: boolean, view?: string): void =>
        resolve({ ok: true, value: view === undefined ? { run, duplicate } : { run, duplicate, view } });
      const late = deadline(call.waitMs, (run) => done(run, false));
      const watcher: Watcher = { rest: (run) => late.met(() => done(run.id, false, this.desk.views.of(run))) };
      this.desk.turn(() => {
        const { mode, destination, pinned, by } = call;
        const request: StartRequest = {
          program,
          mode,
          node,
          items: call.items ?? [{ json: {} }],
          ...keyOf(call.idempotencyKey),
        };
        if (destination !== undefined) request.destination = destination;
        if (pinned) request.pinned = true;
        if (call.items) request.given = true;
        if (by) request.by = by;
        const started = this.desk.admit(resolve, request, { watcher: call.waitMs ? watcher : undefined, held });
        if (!started) return;
        if ('duplicate' in started) {
          const known = started.duplicate;
          journal.after(
            () =>
              void this.desk.views
                .later(known, call.waitMs ?? 0)
                .then((view) => done(known, true, view.ok ? view.value : undefined)),
          );
        } else if (call.waitMs) {
          late.arm(started.run.id);
        } else {
          journal.after(() => done(started.run.id, false));
        }
      });
    });
  }
}
