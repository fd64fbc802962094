import type { Run } from '../../core/engine/run.ts';
import { stepViews } from '../../core/engine/view.ts';
import type { EffectRef } from '../../core/shard/ports.ts';
import { Chats } from './chats.ts';
import type { Desk } from './desk.ts';
import { headOf } from './head.ts';
import { publicHead } from './list.ts';
import type { ChatCall } from './protocol.ts';
import { Streams } from './streams.ts';

/** Whoever looks on while runs go on: at one run, at the list of runs, at what a run tells its chat. */
export class Live {
  private readonly streams = new Streams();
  private readonly chats = new Chats();
  private readonly desk: Pick<Desk, 'shard' | 'views' | 'addresses'>;

  constructor(desk: Pick<Desk, 'shard' | 'views' | 'addresses'>) {
    this.desk = desk;
  }

  async serve(request: Request): Promise<Response> {
    const url = new URL(request.url);
    if (url.pathname === '/chat') return this.chat(await request.json<ChatCall>());
    const id = url.searchParams.get('run');
    if (id === null) return this.streams.openList((await request.json()) as Parameters<Streams['openList']>[0]);
    const run = await this.desk.views.find(id);
    if (!run) return new Response(null, { status: 404 });
    return this.streams.open(id, stepViews(run), run.final ? publicHead(headOf(run, 0)) : undefined);
  }

  publish(run: Run): void {
    this.streams.publish(run);
    this.chats.publish(run);
  }

  /** What an effect has read so far, while it reads on. */
  tell(ref: EffectRef, text: string): void {
    this.chats.tell(this.desk.shard.runs.get(ref.run), ref, text);
  }

  /** To who talks in the run, and by the chat that began it: other addresses of runs show less (CHT16). */
  private async chat({ workflow, node, run: id, token, after, answer }: ChatCall): Promise<Response> {
    const run = this.desk.addresses.holder(id, token)?.kind === 'visitor' ? await this.desk.views.find(id) : undefined;
    return run?.program.workflow === workflow && run.start.node === node
      ? this.chats.open(run, { after, answer })
      : new Response(null, { status: 404 });
  }
}
