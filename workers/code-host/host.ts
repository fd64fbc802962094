// The Worker of the code host process: user code runs here so that a script that never yields wedges this
// process and not the one that keeps the journal. Started and watched by scripts/serve/code-host.ts.
import { Gate } from './gate.ts';
import type { CodeLoader } from './isolate.ts';
import { runIsolated } from './isolate.ts';
import { decodeCall } from './protocol.ts';

interface Env {
  LOADER: CodeLoader;
}
interface Context {
  waitUntil(work: Promise<unknown>): void;
}

/** Lets the head of an exclusive answer reach the socket before code that may never yield starts. */
const HEAD_FLUSH_MS = 5;

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
const gate = new Gate({ now: () => Date.now(), sleep });
let calls = 0;
const ids = new Set<string>();

async function handle(request: Request, env: Env, ctx: Context): Promise<Response> {
  if (new URL(request.url).pathname === '/probe') {
    return Response.json({ inFlight: gate.inFlight(), calls, isolates: ids.size });
  }
  const exclusive = request.headers.get('x-lane') === 'exclusive';
  const call = decodeCall(await request.text());
  const leave = await gate.enter(exclusive, call.limitMs);
  calls++;
  ids.add(call.id);
  if (!exclusive) {
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
      const text = await runIsolated(env.LOADER, call);
      const writer = writable.getWriter();
      await writer.write(new TextEncoder().encode(text));
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
