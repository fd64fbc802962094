import { NodeError } from '../../../../core/node/kit.ts';
import type { ReadCall, TransformItem, TransformRunner } from '../../../../core/node/transform.ts';
import type { Lane } from '../../../code-host/protocol.ts';
import { type Answer, bodyOf, packRequest, type Request, Unpacker } from '../../../transforms/protocol.ts';
import type { FetcherLike } from '../../ports.ts';

/** How long calls try to find a living process; two that hold it for good may be ahead. */
const PATIENCE_MS = 90_000;
const RECONNECT_MS = 50;
/** For one call. Longer than the process may be silent before it is killed (workers/transforms/satellite.json). */
const CALL_LIMIT_MS = 120_000;

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

const stopped = (): NodeError =>
  new NodeError('transform-stopped', 'The work on this item took too long or too much memory and was stopped.', {
    description: 'Give the node less at once: a smaller picture, fewer rows or pages, or several smaller files.',
  });

async function within<T>(promise: Promise<T>, limitMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error('No answer in time')), limitMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    if (timer !== null) clearTimeout(timer);
  }
}

interface RemoteOptions {
  callLimitMs?: number;
  patienceMs?: number;
}

/**
 * Transforms in the Worker of their own. When its process ends under a call, what has no answer yet is asked for again
 * call by call in the exclusive lane, where each runs alone: one that ends the process there did so itself and fails
 * alone (`transform-stopped`), once. A call is pure, so asking again repeats nothing that can be seen.
 */
export function remoteRunner(
  worker: FetcherLike,
  about: Omit<Request, 'calls'>,
  { callLimitMs = CALL_LIMIT_MS, patienceMs = PATIENCE_MS }: RemoteOptions = {},
): TransformRunner {
  const ask = async (calls: readonly ReadCall[], lane: Lane): Promise<Unpacker> => {
    const body = bodyOf(packRequest({ ...about, calls: [...calls] }));
    const answer = await worker.fetch('http://transforms/', { method: 'POST', body, headers: { 'x-lane': lane } });
    if (!answer.ok || !answer.body) throw new Error(`The transforms Worker answered ${answer.status}`);
    return new Unpacker(answer.body);
  };

  async function* run(calls: readonly ReadCall[]): AsyncGenerator<TransformItem[] | NodeError> {
    let lane: Lane = 'shared';
    let waitedMs = 0;
    for (let done = 0; done < calls.length;) {
      const asked = lane === 'shared' ? calls.slice(done) : calls.slice(done, done + 1);
      const sentAtMs = Date.now();
      let answers: Unpacker;
      try {
        answers = await ask(asked, lane);
      } catch (error) {
        // Refused or broken before it began: nobody's fault in the exclusive lane, perhaps somebody's in the shared one.
        lane = 'exclusive';
        waitedMs += Date.now() - sentAtMs + RECONNECT_MS;
        if (waitedMs > patienceMs) throw error;
        await sleep(RECONNECT_MS);
        continue;
      }
      try {
        for (let read = 0; read < asked.length; read++) {
          let answer: Answer;
          try {
            answer = await within(answers.answer(), callLimitMs);
          } catch {
            // Died, or never comes back, under this call.
            if (lane === 'exclusive') {
              done++;
              yield stopped();
            }
            lane = 'exclusive';
            break;
          }
          if ('fault' in answer) throw new Error(answer.fault);
          done++;
          waitedMs = 0;
          yield 'items' in answer ? answer.items : new NodeError(answer.error.code, answer.error.message, answer.error);
        }
      } finally {
        await answers.cancel();
      }
    }
  }
  return { batch: { calls: 200, bytes: 4 * 1024 * 1024 }, run };
}
