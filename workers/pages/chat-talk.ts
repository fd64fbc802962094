import type { ChatState } from '../../core/chat/told.ts';
import { type ChatCall, parseRunId } from '../../durable-objects/runner/protocol.ts';
import { runnerOf } from '../../durable-objects/stubs.ts';
import type { Env } from '../env.ts';
import { common } from '../kit/problem.ts';
import { SECURITY_HEADERS } from '../kit/response.ts';
import { messageLine } from './chat-view.ts';
import { answerOf, type Found } from './published.ts';
import type { Reader } from './reader.ts';

/** A run that talks, as whoever listens to it names it. */
export interface Talk {
  run: string;
  /** Of the run's address. */
  token: string;
  /** How many of its answers are known. */
  seen: number;
}

/** What is left of a talk: its answers, and how it stands. Undefined: the time was over. */
export interface Heard {
  texts: string[];
  state: ChatState | undefined;
}

type TalkEvent =
  | { event: 'said' | 'piece'; data: { n: number; text: string } }
  | { event: 'state'; data: { state: ChatState } };

/** The runner's stream of a talk. @throws Problem 404, 503 */
async function streamOf(env: Env, { tenant, route, shards }: Found, { run, token, seen }: Talk) {
  const place = parseRunId(run);
  if (!place || place.shard >= shards) throw common('not-found');
  const { workflow, node } = route;
  const call: ChatCall = { workflow, node, run, token, after: seen, answer: answerOf(route) };
  const body = JSON.stringify(call);
  const stream = await runnerOf(env, tenant, place.shard).fetch(
    new Request('https://runner/chat', { method: 'POST', body }),
  );
  if (stream.status === 404) throw common('not-found', { detail: 'There is no such conversation.' });
  if (!stream.ok || !stream.body) throw common('unavailable', { headers: { 'retry-after': '5' } });
  return stream.body;
}

/** Makes events of the bytes of a stream, however they are cut. */
function eventReader(): TransformStream<Uint8Array, TalkEvent> {
  const decoder = new TextDecoder();
  let rest = '';
  return new TransformStream({
    transform(chunk, controller) {
      const frames = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
      rest = frames.pop() ?? '';
      for (const frame of frames) {
        const [, event, data] = /^event: (\w+)\ndata: (.*)$/.exec(frame) ?? [];
        // SAFETY: the runner writes these frames, see durable-objects/runner/chats.ts.
        if (event === undefined || data === undefined) continue;
        controller.enqueue({ event, data: JSON.parse(data) } as TalkEvent);
      }
    },
  });
}

/** Listens until it is the visitor's turn, or `forMs`. For pages without scripts. */
export async function hear(env: Env, found: Found, talk: Talk, forMs: number): Promise<Heard> {
  const reader = (await streamOf(env, found, talk)).pipeThrough(eventReader()).getReader();
  const heard: Heard = { texts: [], state: undefined };
  const late = setTimeout(() => void reader.cancel().catch(() => undefined), forMs);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return heard;
      if (value.event === 'said') heard.texts.push(value.data.text);
      if (value.event === 'state') heard.state = value.data.state;
      if (heard.state === 'others') return heard;
    }
  } catch {
    return heard;
  } finally {
    clearTimeout(late);
    void reader.cancel().catch(() => undefined);
  }
}

/** A long text is drawn whole each time: so not as often. */
const LONG_CHARS = 20_000;
const LONG_PAUSE_MS = 1_000;

/**
 * What a run tells, as server-sent events: `run` (where to listen again), `said`, `piece`, `state`. `isDrawn`: with each
 * text as the page shows it.
 */
export async function talkResponse(
  env: Env,
  found: Found,
  talk: Talk,
  { reader, isDrawn }: { reader: Reader; isDrawn: boolean },
): Promise<Response> {
  const source = await streamOf(env, found, talk);
  const encoder = new TextEncoder();
  let drawnAt = 0;
  const draw = new TransformStream<TalkEvent, Uint8Array>({
    start(controller) {
      const { run, token } = talk;
      controller.enqueue(encoder.encode(`retry: 1000\nevent: run\ndata: ${JSON.stringify({ run, token })}\n\n`));
    },
    transform({ event, data }, controller) {
      let told: object = data;
      if (event !== 'state' && isDrawn) {
        const now = Date.now();
        if (event === 'piece' && data.text.length > LONG_CHARS && now - drawnAt < LONG_PAUSE_MS) return;
        drawnAt = now;
        told = { ...data, html: messageLine({ by: 'chat', text: data.text }, reader.words).text };
      }
      controller.enqueue(encoder.encode(`event: ${event}\ndata: ${JSON.stringify(told)}\n\n`));
    },
  });
  return new Response(source.pipeThrough(eventReader()).pipeThrough(draw), {
    headers: {
      ...SECURITY_HEADERS,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-millrace-run': talk.run,
      'x-request-id': reader.requestId,
    },
  });
}
