// Stands before a satellite in a process of its own: says whether it lives and is used, and lets a call be alone.
// A module of that process (satellite-modules.ts), beside workers/code-host/gate.ts.
import { Gate } from '../../workers/code-host/gate.ts';

interface Env {
  SATELLITE: { fetch(request: Request): Promise<Response> };
}
interface Context {
  waitUntil(work: Promise<unknown>): void;
}

/** Lets the head of an exclusive answer reach the socket before work that may never yield starts. */
const HEAD_FLUSH_MS = 5;
/** A call that is gone without a word (a canceled request runs no `finally`) is forgotten after so long. */
const MAX_CALL_MS = 600_000;

/** Requests with so little are read before the satellite is asked. */
const MAX_READ_BYTES = 1024 * 1024;

/**
 * A satellite that refuses a request need not read it, and then workerd closes the connection: under whoever was about to
 * send the next request on it.
 */
async function whole(request: Request): Promise<Request> {
  const length = Number(request.headers.get('content-length') ?? Number.NaN);
  if (!request.body || !(length <= MAX_READ_BYTES)) return request;
  const { method, headers, redirect } = request;
  return new Request(request.url, { method, headers, redirect, body: await request.arrayBuffer() });
}

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
const gate = new Gate({ now: () => Date.now(), sleep });
let calls = 0;

async function handle(given: Request, env: Env, ctx: Context): Promise<Response> {
  if (new URL(given.url).pathname === '/probe') return Response.json({ inFlight: gate.inFlight(), calls });
  const request = await whole(given);
  const exclusive = request.headers.get('x-lane') === 'exclusive';
  const leave = await gate.enter(exclusive, MAX_CALL_MS);
  calls++;
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  // The call is in flight until its answer is out.
  const pass = async (answer: Promise<Response>): Promise<void> => {
    try {
      const { body } = await answer;
      if (body) await body.pipeTo(writable);
      else await writable.close();
    } catch (error) {
      await writable.abort(error).catch(() => undefined);
    } finally {
      leave();
    }
  };
  if (!exclusive) {
    try {
      const answer = await env.SATELLITE.fetch(request);
      if (!answer.body) {
        leave();
        return answer;
      }
      ctx.waitUntil(pass(Promise.resolve(answer)));
      return new Response(readable, answer);
    } catch (error) {
      leave();
      throw error;
    }
  }
  // Head first, then the work: a caller that has the head when the connection breaks knows that it ran alone.
  ctx.waitUntil(sleep(HEAD_FLUSH_MS).then(() => pass(env.SATELLITE.fetch(request))));
  return new Response(readable);
}

// oxlint-disable-next-line import/no-default-export -- workerd needs it
export default { fetch: handle };
