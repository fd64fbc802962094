import { describe, it } from 'vitest';
import { bench, effect, pass, sketch } from '../../core/shard/testing.ts';
import type { HookAnswer } from '../../core/nodes/webhook/route.ts';
import { Chats } from './chats.ts';

// SAFETY: what a chat does not look at is left out.
const CALL = { after: 0, answer: { responseMode: 'streaming' } as HookAnswer };

/** A run whose second step reads on and on. */
function begun() {
  const { host, orders } = bench({ replies: () => undefined });
  const program = sketch({ chat: { type: 'chat-trigger', does: pass }, ask: effect('pure') }, ['chat -> ask']);
  const started = host.start(program);
  if (!('run' in started)) throw new Error('It did not start.');
  const [order] = orders;
  if (!order) throw new Error('It asked nothing.');
  return { host, run: started.run, order };
}

const piecesIn = (text: string): string[] =>
  [...text.matchAll(/event: piece\ndata: (.*)\n/g)].map(([, data = '']) => (JSON.parse(data) as { text: string }).text);

/** Reads as fast as it can. */
function readAll(stream: Response): { sofar(): string; cancel(): Promise<void> | undefined } {
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  void (async () => {
    for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) text += part.value;
  })();
  return { sofar: () => text, cancel: () => reader?.cancel() };
}

const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 5));

describe('[CHT15] a chat that is listened to', () => {
  it('shows a reader that keeps up each piece, and one who comes later the last', async ({ expect }) => {
    const { run, order } = begun();
    const chats = new Chats();
    const first = readAll(chats.open(run, CALL));
    for (const text of ['a', 'ab']) {
      await settled();
      chats.tell(run, order, text);
    }
    const second = readAll(chats.open(run, CALL));
    await settled();
    expect(piecesIn(first.sofar())).toEqual(['a', 'ab']);
    expect(piecesIn(second.sofar())).toEqual(['ab']);
    await Promise.all([first.cancel(), second.cancel()]);
  });

  it('shows a reader that was behind the last piece, once it has read what was before', async ({ expect }) => {
    const { run, order } = begun();
    const chats = new Chats();
    const stream = chats.open(run, CALL);
    for (let count = 1; count <= 100; count++) chats.tell(run, order, 'x'.repeat(count * 1_000));
    const reader = readAll(stream);
    await settled();
    expect(piecesIn(reader.sofar()).map(({ length }) => length)).toEqual([100_000]);
    await reader.cancel();
  });

  it('shows no piece of an answer that is over', async ({ expect }) => {
    const { run, order, host } = begun();
    const chats = new Chats();
    chats.tell(run, order, 'much');
    const stream = chats.open(run, CALL);
    chats.tell(run, order, 'more');
    host.turn(() => host.shard.cancel(run));
    // not published yet: it is not durable
    const late = chats.open(run, CALL);
    chats.publish(run);
    chats.tell(run, order, 'too late');
    expect(piecesIn(await late.text())).toEqual([]);
    const text = await stream.text();
    expect(piecesIn(text)).toEqual(['much']);
    expect(text).toContain('"state":"failed"');
  });
});
