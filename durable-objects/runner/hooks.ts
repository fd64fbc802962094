import { hasReplied } from '../../core/engine/view.ts';
import type { Run } from '../../core/engine/run.ts';
import type { HttpReply } from '../../core/node/kit.ts';
import type { Watcher } from '../../core/shard/ports.ts';
import type { StartRequest } from '../../core/shard/shard.ts';
import { deadline, MAX_WAIT_MS } from './deadline.ts';
import { type Desk, keyOf, refuse } from './desk.ts';
import { hookItems } from './hook-items.ts';
import { acceptedReply, listens, problemReply, restReply } from './hook-reply.ts';
import type { HookCall, HookReply, Outcome } from './protocol.ts';

/** Webhooks: each starts a run, and is answered as its node says. */
export class Hooks {
  private readonly desk: Desk;

  constructor(desk: Desk) {
    this.desk = desk;
  }

  async take(call: HookCall, text: string | undefined): Promise<Outcome<HookReply>> {
    const program =
      this.desk.programs.get(call.source.workflow, call.source.version) ?? (await this.desk.programs.load(call.source));
    if (!program) return refuse(404, 'version-unknown', 'The published version of this webhook is gone.');
    const decoded = hookItems(call, text);
    if (!decoded.ok) return decoded;
    const wait = this.desk.room();
    const held = wait ? await wait : false;
    return new Promise((resolve) => {
      const late = deadline(MAX_WAIT_MS, (run) =>
        send(run, problemReply(504, 'still-running', 'The run goes on; read its result with its id.', run)),
      );
      const send = (run: string, { status, headers, body }: HttpReply): void =>
        resolve({ ok: true, value: { status, headers, body, run } });
      const answer = (run: string, reply: HttpReply): void => late.met(() => send(run, reply));
      let id = '';
      const watcher: Watcher = {};
      const { responseMode } = call.answer;
      if (responseMode !== 'onReceived') watcher.rest = (run) => answer(run.id, restReply(call.answer, run));
      if (listens(responseMode)) watcher.reply = (reply) => answer(id, reply);
      this.desk.turn(() => {
        const request: StartRequest = {
          program,
          mode: call.source.doc ? 'manual' : 'production',
          node: call.node,
          items: decoded.items,
          ...keyOf(call.idempotencyKey),
        };
        const started = this.desk.admit(resolve, request, { watcher, held });
        if (!started) return;
        if ('duplicate' in started) {
          this.join(call, started.duplicate, answer);
          return;
        }
        id = started.run.id;
        if (responseMode === 'onReceived') this.desk.journal.after(() => answer(id, acceptedReply(call.answer)));
        else if (!started.run.final) late.arm(id);
      });
    });
  }

  private join(call: HookCall, id: string, answer: (run: string, reply: HttpReply) => void): void {
    const live = this.desk.shard.runs.get(id);
    if (live && !live.final && call.answer.responseMode !== 'onReceived' && !hasReplied(live)) {
      const rest = (run: Run): void => answer(id, restReply(call.answer, run));
      this.desk.shard.watch(
        id,
        listens(call.answer.responseMode) ? { reply: (reply) => answer(id, reply), rest } : { rest },
      );
      return;
    }
    const body = JSON.stringify({ message: 'Already received', run: id, duplicate: true });
    this.desk.journal.after(() =>
      answer(id, { status: 200, headers: [['content-type', 'application/json; charset=utf-8']], body }),
    );
  }
}
