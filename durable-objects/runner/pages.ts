import { stepError } from '../../core/engine/execute.ts';
import type { HttpReply } from '../../core/node/kit.ts';
import { converse } from '../../core/shard/converse.ts';
import { triggerScope } from '../../core/shard/limits.ts';
import type { Watcher } from '../../core/shard/ports.ts';
import { deadline, MAX_WAIT_MS } from './deadline.ts';
import { type Desk, notFound, refuse } from './desk.ts';
import { listens, problemReply, restReply } from './hook-reply.ts';
import type { FirstView, Outcome, RunSource, SubmitCall, SubmitReply, Visit } from './protocol.ts';
import { show } from './show.ts';

/** A page whose wait has a limit does not count as rest: then it is looked for this often. */
const LOOK_AGAIN_MS = 250;
const MAX_VISIT_MS = 10_000;

/** The pages of runs: what a form or chat shows first, and what a run has to show to its visitor. */
export class Pages {
  private readonly desk: Desk;

  constructor(desk: Desk) {
    this.desk = desk;
  }

  async first(source: RunSource, node: string): Promise<Outcome<FirstView>> {
    const program = await this.desk.programs.load(source);
    const index = program?.graph.byId.get(node);
    if (!program || index === undefined) return refuse(404, 'version-unknown', 'The published version is gone.');
    try {
      const scope = triggerScope({
        program,
        node,
        items: [],
        nowMs: Date.now(),
        vars: this.desk.varsOf(program.version),
      });
      const page = program.executor(index).page?.(scope);
      if (!page) return refuse(404, 'no-page', 'This node has no page.');
      const follows = program.graph.nodes.some(({ def }) => def.type === 'form' && !def.disabled);
      return { ok: true, value: { page, follows } };
    } catch (error) {
      return refuse(500, 'page-failed', stepError(error).message);
    }
  }

  async submit({ source, node, item, key, session, answer }: SubmitCall): Promise<Outcome<SubmitReply>> {
    const { programs, journal } = this.desk;
    const program = await programs.load(source);
    if (!program) return refuse(404, 'version-unknown', 'The published version is gone.');
    const wait = this.desk.room();
    const held = wait ? await wait : false;
    return new Promise((resolve) => {
      const done = (run: string, reply?: HttpReply): void => {
        const value: SubmitReply = { run, token: this.desk.addresses.visitToken(run) };
        resolve({ ok: true, value: reply === undefined ? value : { ...value, reply } });
      };
      const late = deadline(MAX_WAIT_MS, (run) =>
        done(run, problemReply(504, 'still-running', 'The run goes on.', run)),
      );
      let id = '';
      const watcher: Watcher = {};
      if (answer) {
        watcher.rest = (run) => late.met(() => done(run.id, restReply(answer, run)));
        if (listens(answer.responseMode)) watcher.reply = (reply) => late.met(() => done(id, reply));
      }
      this.desk.turn(() => {
        const told = answer ? watcher : undefined;
        const spoken = session === undefined ? undefined : { program, node, session, key, items: [item] };
        const continued = spoken && converse(this.desk.shard, spoken, told);
        if (continued && 'run' in continued) id = continued.run.id;
        const request = { program, mode: 'production' as const, node, items: [item], key };
        const started = continued ?? this.desk.admit(resolve, request, { watcher: told, held });
        if (!started) return;
        if ('duplicate' in started) {
          const { duplicate } = started;
          journal.after(() => done(duplicate));
          return;
        }
        id = started.run.id;
        if (!answer) journal.after(() => done(id));
        else if (!started.run.final) late.arm(id);
      });
    });
  }

  async visit(id: string, token: string, waitMs: number): Promise<Outcome<Visit>> {
    const holder = this.desk.addresses.holder(id, token);
    if (holder === undefined) return notFound();
    const until = Date.now() + Math.min(waitMs, MAX_VISIT_MS);
    for (;;) {
      const live = this.desk.shard.runs.get(id);
      const run = live ?? (await this.desk.views.past(id));
      if (!run) return notFound();
      const shown = show(run, holder, this.desk.varsOf(run.program.version));
      const leftMs = until - Date.now();
      if (shown.kind !== 'working' || shown.rests || leftMs <= 0 || !live) return { ok: true, value: shown };
      await new Promise<void>((resolve) => {
        this.desk.shard.watch(id, { rest: () => resolve() });
        setTimeout(resolve, Math.min(leftMs, LOOK_AGAIN_MS));
      });
    }
  }
}
