import type { JsonObject } from '../../../../core/data/item.ts';
import type { HttpCall, HttpPayload, HttpReplyValue, HttpResult } from '../../../../core/http/request.ts';
import type { EffectReply } from '../../../../core/node/kit.ts';
import { EgressError } from '../../egress/error.ts';
import { egressFetch } from '../../egress/fetch.ts';
import type { EgressMeta } from '../../egress/fetch.ts';
import type { Effect, ExecutorPorts, PerformRequest } from '../../ports.ts';
import { bodyText, readAnswer } from './answer.ts';
import { requestBody } from './body.ts';

/** Connections a Worker may have open at once; more would only queue. */
const MAX_PARALLEL = 6;
const EXCERPT_CHARS = 500;
/**
 * What the JSON and text responses of one step may add up to. They travel to the runner in one message of at most
 * 32 MiB, where text that is not Latin takes two bytes a character. Files do not count: they stay in R2.
 */
const MAX_KEPT_BYTES = 15 * 1024 * 1024;
/** Statuses after which the same request may succeed. */
const isRetryableStatus = (status: number): boolean =>
  status === 408 || status === 425 || status === 429 || status >= 500;

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

function withQuery(url: string, query: HttpCall['query']): string {
  if (query.length === 0) return url;
  const [before = '', hash] = url.split(/#(.*)/s);
  const pairs = query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
  const joint = !before.includes('?') ? '?' : /[?&]$/.test(before) ? '' : '&';
  return `${before}${joint}${pairs}${hash === undefined ? '' : `#${hash}`}`;
}

const has = (call: HttpCall, name: string): boolean => call.headers.some(([key]) => key.trim().toLowerCase() === name);

async function send(
  call: HttpCall,
  payload: HttpPayload,
  request: PerformRequest,
  ports: ExecutorPorts,
  tally: { meta: EgressMeta; keptBytes: number },
): Promise<HttpResult> {
  const { meta } = tally;
  const { itemIndex } = call;
  const { options } = payload;
  if (call.credential) {
    const message = `The credential '${call.credential.type}' cannot be used yet; send an Authorization header instead`;
    throw new EgressError('credential-missing', message, false);
  }
  const headers: [string, string][] = [...call.headers];
  const made = call.body ? await requestBody(call.body, request.tenant, ports) : undefined;
  if (made && (!has(call, 'content-type') || call.body?.kind === 'multipart')) {
    // The boundary is ours, so an author's multipart type cannot be right.
    for (let at = headers.length - 1; at >= 0; at--) {
      if (headers[at]?.[0].trim().toLowerCase() === 'content-type') headers.splice(at, 1);
    }
    headers.push(['content-type', made.mimeType]);
  }
  if (!has(call, 'accept')) {
    headers.push([
      'accept',
      options.format === 'json'
        ? 'application/json,text/*;q=0.99'
        : 'application/json,text/html,application/xhtml+xml,application/xml,text/*;q=0.9, image/*;q=0.8, */*;q=0.7',
    ]);
  }
  if (!has(call, 'user-agent')) headers.push(['user-agent', 'millrace']);
  if (call.idempotencyKey !== undefined && !has(call, 'idempotency-key')) {
    headers.push(['idempotency-key', call.idempotencyKey]);
  }
  const response = await egressFetch(
    { url: withQuery(call.url, call.query), method: call.method, headers, body: made?.body },
    request.policy,
    { timeoutMs: options.timeoutMs, redirect: options.redirect },
    ports.egress,
  );
  meta.requests += response.meta.requests;
  meta.bytesIn += response.meta.bytesIn;
  meta.bytesOut += response.meta.bytesOut;
  const { status } = response;
  // Redirects that are not followed are answers; only 4xx and 5xx fail.
  if (status >= 400 && !options.neverError && !options.acceptStatuses.includes(status)) {
    const excerpt = bodyText(
      response.body.subarray(0, EXCERPT_CHARS * 4),
      response.headers.get('content-type') ?? '',
    ).slice(0, EXCERPT_CHARS);
    const message = `Request failed with status ${status}${response.statusText ? ` ${response.statusText}` : ''}${excerpt ? ` - ${excerpt}` : ''}`;
    return {
      ok: false,
      itemIndex,
      error: { code: 'http-status', message, retryable: isRetryableStatus(status), status },
    };
  }
  const answer = await readAnswer(response, { itemIndex, format: options.format, tenant: request.tenant }, ports);
  if (answer.body.kind !== 'file' && (tally.keptBytes += response.body.byteLength) > MAX_KEPT_BYTES) {
    const message = `The responses of this node add up to more than ${MAX_KEPT_BYTES} bytes; ask for less, or for files`;
    throw new EgressError('response-too-large', message, false);
  }
  return answer;
}

function refusal(itemIndex: number, error: unknown): HttpResult {
  if (!(error instanceof EgressError)) throw error;
  return { ok: false, itemIndex, error: { code: error.code, message: error.message, retryable: error.retryable } };
}

async function perform(request: PerformRequest, ports: ExecutorPorts): Promise<EffectReply> {
  // SAFETY: the http-request node makes this payload; it travels between our own parts only.
  const payload = request.effect.payload as unknown as HttpPayload;
  const { requests, options } = payload;
  const meta: EgressMeta = { requests: 0, bytesIn: 0, bytesOut: 0 };
  const tally = { meta, keptBytes: 0 };
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
        results[at] = await send(call, payload, request, ports, tally).catch((error: unknown) =>
          refusal(call.itemIndex, error),
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
export const effect: Effect = { kind: 'http', perform };
