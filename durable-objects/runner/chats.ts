import { answerText } from '../../core/chat/answer.ts';
import { chatState, type ChatState, saidBy } from '../../core/chat/told.ts';
import type { Run } from '../../core/engine/run.ts';
import type { HookAnswer } from '../../core/nodes/webhook/route.ts';
import { lastItems } from '../../core/shard/calls.ts';
import type { EffectRef } from '../../core/shard/ports.ts';
import { restReply } from './hook-reply.ts';
import { frame, isBehind, type Reader, Readers } from './readers.ts';

interface ChatReader extends Reader {
  run: string;
  answer: HookAnswer;
  /** How many of the run's answers it was told. */
  told: number;
  state: ChatState | undefined;
  shown: Growing | undefined;
}

/** What an effect has read so far of what its step will say. Lost with the process: then the step reads it again. */
interface Growing {
  step: number;
  attempt: number;
  /** How many answers its run has before it. */
  n: number;
  text: string;
}

const MAX_BACKLOG = 1_000_000;
/** More wait in line where they can ask again. */
const MAX_READERS = 1_000;
const OVER: ReadonlySet<ChatState | undefined> = new Set<ChatState | undefined>(['asks', 'ended', 'failed']);

/**
 * What runs tell their chats, over SSE: `said` for each answer once it is recorded, `{n, text}`; `piece` for one that
 * grows, the whole of it so far; `state` when the conversation stands otherwise. It ends when it is the visitor's turn.
 */
export class Chats {
  private readonly readers = new Readers<ChatReader>(MAX_BACKLOG);
  private readonly growing = new Map<string, Growing>();

  /** `after`: how many answers the reader has. */
  open(run: Run, { after, answer }: { after: number; answer: HookAnswer }): Response {
    if (this.readers.size >= MAX_READERS) return new Response(null, { status: 503 });
    return this.readers.open(
      (reader) => {
        const chat: ChatReader = { ...reader, run: run.id, answer, told: after, state: undefined, shown: undefined };
        this.advance(chat, run);
        this.piece(chat);
        return chat;
      },
      ({ state }) => OVER.has(state),
      (reader) => this.piece(reader),
    );
  }

  publish(run: Run): void {
    const growing = this.growing.get(run.id);
    if (growing && (run.active?.index !== growing.step || run.active.attempts !== growing.attempt)) {
      this.growing.delete(run.id);
    }
    for (const reader of this.readers) {
      if (reader.run !== run.id) continue;
      this.readers.attempt(reader, () => {
        this.advance(reader, run);
        if (OVER.has(reader.state)) this.readers.close(reader);
      });
    }
  }

  /** An effect of a run reads on; `text` is the whole so far. */
  tell(run: Run | undefined, { step, attempt }: EffectRef, text: string): void {
    if (!run || run.active?.index !== step || run.active.attempts !== attempt || run.final) return;
    this.growing.set(run.id, { step, attempt, n: saidBy(run).length, text });
    for (const reader of this.readers) {
      // one that is behind gets only the last, once it has read what it was sent
      if (reader.run === run.id && !isBehind(reader)) this.readers.attempt(reader, () => this.piece(reader));
    }
  }

  private piece(reader: ChatReader): void {
    const growing = this.growing.get(reader.run);
    if (!growing || growing === reader.shown || OVER.has(reader.state)) return;
    // its step is done: the answer was said whole
    if (growing.n < reader.told) return;
    reader.shown = growing;
    reader.controller.enqueue(frame('piece', { n: growing.n, text: growing.text }));
  }

  private advance(reader: ChatReader, run: Run): void {
    const { controller } = reader;
    const said = saidBy(run);
    const last = lastWords(run, reader.answer);
    if (last !== undefined) said.push(last);
    for (; reader.told < said.length; reader.told++) {
      controller.enqueue(frame('said', { n: reader.told, text: said[reader.told] }));
    }
    const state = chatState(run);
    if (state === reader.state) return;
    reader.state = state;
    controller.enqueue(frame('state', { state }));
  }
}

/** What the end of a run says by itself: the last node's item, unless it was said already. */
function lastWords(run: Run, answer: HookAnswer): string | undefined {
  if (run.final?.status !== 'success' || answer.responseMode === 'responseNode') return undefined;
  const isSaid = answer.responseMode === 'lastNode' ? run.steps.at(-1)?.said !== undefined : saidBy(run).length > 0;
  return isSaid || lastItems(run).length === 0 ? undefined : answerText(restReply(answer, run));
}
