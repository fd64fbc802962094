// The Worker of the code host process: user code runs here so that a script that never yields wedges this
// process and not the one that keeps the journal. Started and watched by scripts/serve/code-host.ts.
import { Gate } from './gate.ts';
import type { CodeLoader } from './isolate.ts';
import { runIsolated } from './isolate.ts';
import type { CodeCall } from './protocol.ts';
import { answerLine, decodeCall, wishLine } from './protocol.ts';
import { Wishes } from './wishes.ts';

interface Env {
  LOADER: CodeLoader;
}
interface Context {
  waitUntil(work: Promise<unknown>): void;
}

/** A file of 8 MiB in base64, and what is said about it. */
const MAX_WISH_CHARS = 12 * 1024 * 1024;
/** Lets the head of an exclusive answer reach the socket before code that may never yield starts. */
const HEAD_FLUSH_MS = 5;

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
const gate = new Gate({ now: () => Date.now(), sleep });
const wishes = new Wishes(sleep);
let calls = 0;
const ids = new Set<string>();

/** Runs code that has wishes: each goes out as a line, and its answer comes back with a request of its own. */
async function runWishing(env: Env, call: CodeCall, key: string, write: (text: string) => Promise<void>) {
  let count = 0;
  wishes.open(key);
  try {
    const text = await runIsolated(env.LOADER, call, async (request) => {
      // It comes from the isolate, where the author may have replaced what makes JSON.
      if (typeof request !== 'string' || request.includes('\n')) throw new Error('The request is no line of text');
      if (request.length > MAX_WISH_CHARS) throw new Error('The request is too large');
      const number = count++;
      await write(wishLine(number, request));
      return wishes.take(key, number);
    });
    await write(answerLine(text));
  } finally {
    wishes.close(key);
  }
}

async function handle(request: Request, env: Env, ctx: Context): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  if (pathname === '/probe') {
    return Response.json({ inFlight: gate.inFlight(), calls, isolates: ids.size });
  }
  if (pathname === '/wish') {
    const number = Number(searchParams.get('wish'));
    const taken = wishes.put(searchParams.get('call') ?? '', number, await request.text());
    return new Response('', { status: taken ? 200 : 410 });
  }
  const exclusive = request.headers.get('x-lane') === 'exclusive';
  const call = decodeCall(await request.text());
  const leave = await gate.enter(exclusive, call.limitMs);
  calls++;
  ids.add(call.id);
  const key = call.wishes;
  if (!exclusive && key === undefined) {
    try {
      return new Response(await runIsolated(env.LOADER, call));
    } finally {
      leave();
    }
  }
  // Head first, then the code: a caller that has the head when the connection breaks knows that it ran alone.
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const work = async (): Promise<void> => {
    try {
      await sleep(HEAD_FLUSH_MS);
      const writer = writable.getWriter();
      const write = (text: string): Promise<void> => writer.write(new TextEncoder().encode(text));
      if (key === undefined) await write(await runIsolated(env.LOADER, call));
      else await runWishing(env, call, key, write);
      await writer.close();
    } finally {
      leave();
    }
  };
  ctx.waitUntil(work());
  return new Response(readable);
}

// oxlint-disable-next-line import/no-default-export -- workerd needs it
export default { fetch: handle };
