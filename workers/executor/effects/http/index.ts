import type { JsonObject } from '../../../../core/data/item.ts';
import type { HttpCall, HttpPayload, HttpReplyValue, HttpResult } from '../../../../core/http/request.ts';
import type { EffectReply } from '../../../../core/node/kit.ts';
import { EgressError } from '../../egress/error.ts';
import type { EgressMeta } from '../../egress/fetch.ts';
import type { Effect, ExecutorPorts, PerformRequest } from '../../ports.ts';
import { sentMember } from '../../secret-variables.ts';
import { authorities } from './credential.ts';
import { send } from './send.ts';
import { Telling } from './telling.ts';

/** Connections a Worker may have open at once; more would only queue. */
const MAX_PARALLEL = 6;
const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

function refusal(itemIndex: number, error: unknown): HttpResult {
  if (!(error instanceof EgressError)) throw error;
  return { ok: false, itemIndex, error: { code: error.code, message: error.message, retryable: error.retryable } };
}

async function perform(request: PerformRequest, ports: ExecutorPorts): Promise<EffectReply> {
  const telling = request.effect.tells && ports.tell ? new Telling(ports) : undefined;
  try {
    return await sendAll(request, ports, telling);
  } finally {
    telling?.end();
  }
}

async function sendAll(
  request: PerformRequest,
  ports: ExecutorPorts,
  telling: Telling | undefined,
): Promise<EffectReply> {
  // SAFETY: the http-request node makes this payload; it travels between our own parts only.
  const payload = request.effect.payload as unknown as HttpPayload;
  const { requests, options } = payload;
  const meta: EgressMeta = { requests: 0, bytesIn: 0, bytesOut: 0 };
  const tally = { meta, keptBytes: 0 };
  const authorityFor = authorities(request, ports);
  const results: HttpResult[] = Array.from({ length: requests.length });
  const failed = (): (HttpResult & { ok: false }) | undefined => {
    for (const result of results) if (result && !result.ok) return result;
    return undefined;
  };
  if (options.delayMs > 0) await sleep(options.delayMs);
  const size = options.batch.size > 0 ? options.batch.size : requests.length;
  for (let from = 0; from < requests.length; from += size) {
    if (from > 0 && options.batch.intervalMs > 0) await sleep(options.batch.intervalMs);
    const to = Math.min(from + size, requests.length);
    let next = from;
    const worker = async (): Promise<void> => {
      // After a failure that fails the whole step, requests not yet sent are better not sent.
      while (next < to && (options.continueOnFail || !failed())) {
        const at = next++;
        const call = requests[at] as HttpCall;
        results[at] = await send(call, { payload, request, ports, tally, authorityFor, telling }).catch(
          (error: unknown) => refusal(call.itemIndex, error),
        );
      }
    };
    await Promise.all(Array.from({ length: Math.min(MAX_PARALLEL, to - from) }, worker));
    const first = failed();
    if (first && !options.continueOnFail) {
      const { code, message, retryable, status } = first.error;
      const detail: JsonObject = { itemIndex: first.itemIndex, ...(status === undefined ? {} : { status }) };
      return { ok: false, error: { code, message, retryable, detail } };
    }
  }
  const value: HttpReplyValue = { results, state: payload.state, meta };
  // SAFETY: HttpReplyValue is JSON by construction.
  return { ok: true, value: value as unknown as JsonObject };
}

/** Sends HTTP requests, one per item. Payload `HttpPayload`, value `HttpReplyValue`. */
export const effect: Effect = { kind: 'http', sent: sentMember('requests'), perform };
