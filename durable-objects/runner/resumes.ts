import type { HttpReply } from '../../core/node/kit.ts';
import type { HookAnswer } from '../../core/nodes/webhook/route.ts';
import { deadline, MAX_WAIT_MS } from './deadline.ts';
import { type Desk, notFound, refuse } from './desk.ts';
import { approvalOf } from './link.ts';
import { acceptedReply, listens, problemReply, restReply } from './hook-reply.ts';
import type { HookReply, Outcome, ResumeCall } from './protocol.ts';

/** Continues runs that wait for somebody, and answers the caller as the waiting node says. */
export class Resumes {
  private readonly desk: Desk;

  constructor(desk: Desk) {
    this.desk = desk;
  }

  async take(id: string, { token, items, detail, step }: ResumeCall): Promise<Outcome<HookReply | null>> {
    const { shard, journal } = this.desk;
    const holder = this.desk.addresses.holder(id, token);
    if (holder === undefined) return notFound();
    const run = shard.runs.get(id);
    if (!run || run.final) {
      return run || (await this.desk.views.past(id))
        ? refuse(409, 'run-finished', 'The run has already ended.')
        : notFound();
    }
    const { active } = run;
    if (active?.state.kind !== 'wait' || active.state.signal === undefined) {
      return refuse(409, 'not-waiting', 'The run does not wait for this now.');
    }
    const approval = approvalOf(run, holder);
    if (approval?.state.kind === 'done') {
      return refuse(409, 'link-used', 'What this address was for was decided before.', 'Each approval has its own.');
    }
    const isTheirs =
      active.state.signal === 'form' ||
      (holder.kind === 'resumer' && (active.state.signal !== 'approval' || approval === active));
    if (!isTheirs || active.state.signal === 'chat' || active.state.detail?.members === true) {
      return refuse(409, 'not-waiting', 'The run does not wait for this now.');
    }
    if (step !== undefined && step !== active.index) return refuse(409, 'page-answered', 'This page was answered.');
    // A proof was checked for the step that was looked at: it opens no other, and neither does having looked too early.
    if (active.state.detail?.proof && step !== active.index) {
      return refuse(409, 'not-waiting', 'The run does not wait for this now.');
    }
    // SAFETY: the wait node writes it, from hookOf.
    const answer = active.state.detail?.answer as unknown as HookAnswer | undefined;
    return new Promise((resolve) => {
      const send = (reply: HttpReply | null): void =>
        resolve({
          ok: true,
          value: reply && { status: reply.status, headers: reply.headers, body: reply.body, run: id },
        });
      const late = deadline(MAX_WAIT_MS, () =>
        send(problemReply(504, 'still-running', 'The run goes on; read its result with its id.', id)),
      );
      const waits = answer !== undefined && answer.responseMode !== 'onReceived';
      this.desk.turn(() => {
        if (waits) {
          const rest = { rest: (ended: typeof run) => late.met(() => send(restReply(answer, ended))) };
          const reply = (given: HttpReply): void => late.met(() => send(given));
          shard.watch(id, listens(answer.responseMode) ? { ...rest, reply } : rest);
        }
        if (!shard.signal(run, items, detail)) {
          resolve(refuse(409, 'not-waiting', 'The run does not wait for this now.'));
        } else if (waits) {
          if (!run.final) late.arm(id);
        } else {
          const isCustom = answer?.responseText !== undefined || answer?.responseData === 'noData';
          journal.after(() => send(isCustom ? acceptedReply(answer) : null));
        }
      });
    });
  }
}
