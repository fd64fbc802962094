import type { HttpCall, HttpPayload, HttpResult } from '../../../../core/http/request.ts';
import { checkPlace } from '../../credentials.ts';
import { EgressError } from '../../egress/error.ts';
import { type EgressMeta, egressFetch, type EgressRequest, type EgressResponse } from '../../egress/fetch.ts';
import type { ExecutorPorts, PerformRequest } from '../../ports.ts';
import { bodyText, readAnswer } from './answer.ts';
import { requestBody } from './body.ts';
import { type Authority, type authorities, withBodyFields } from './credential.ts';
import type { Telling } from './telling.ts';
import { answerChallenge, readChallenge } from './digest.ts';

const EXCERPT_CHARS = 500;
/**
 * What the JSON and text responses of one step may add up to. They travel to the runner in one message of at most
 * 32 MiB, where text that is not Latin takes two bytes a character. Files do not count: they stay in R2.
 */
const MAX_KEPT_BYTES = 15 * 1024 * 1024;
/** Statuses after which the same request may succeed. */
const isRetryableStatus = (status: number): boolean =>
  status === 408 || status === 425 || status === 429 || status >= 500;

function withQuery(url: string, query: HttpCall['query']): string {
  if (query.length === 0) return url;
  const [before = '', hash] = url.split(/#(.*)/s);
  const pairs = query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
  const joint = !before.includes('?') ? '?' : /[?&]$/.test(before) ? '' : '&';
  return `${before}${joint}${pairs}${hash === undefined ? '' : `#${hash}`}`;
}

const has = (call: HttpCall, name: string): boolean => call.headers.some(([key]) => key.trim().toLowerCase() === name);

/** What the requests of one effect share. */
interface Sending {
  payload: HttpPayload;
  request: PerformRequest;
  ports: ExecutorPorts;
  tally: { meta: EgressMeta; keptBytes: number };
  authorityFor: ReturnType<typeof authorities>;
  /** Where answers are told as they come. */
  telling?: Telling | undefined;
}

const unmasked = (text: string): string => text;

/** Sends one request and makes its answer a result. @throws EgressError. */
export async function send(call: HttpCall, sending: Sending): Promise<HttpResult> {
  const { itemIndex } = call;
  const { request, ports, tally } = sending;
  const { options } = sending.payload;
  const authority = call.credential ? await sending.authorityFor(call.credential) : undefined;
  const { response, mask } = await exchange(call, authority, sending);
  const { status } = response;
  // Redirects that are not followed are answers; only 4xx and 5xx fail.
  if (status >= 400 && !options.neverError && !options.acceptStatuses.includes(status)) {
    const start = response.body.subarray(0, EXCERPT_CHARS * 4);
    const excerpt = mask(bodyText(start, response.headers.get('content-type') ?? '')).slice(0, EXCERPT_CHARS);
    const message = `Request failed with status ${status}${response.statusText ? ` ${response.statusText}` : ''}${excerpt ? ` - ${excerpt}` : ''}`;
    return {
      ok: false,
      itemIndex,
      error: { code: 'http-status', message, retryable: isRetryableStatus(status), status },
    };
  }
  const about = { itemIndex, format: options.format, spoken: options.spoken === true, tenant: request.tenant, mask };
  const answer = await readAnswer(response, about, ports);
  if (answer.body.kind !== 'file' && (tally.keptBytes += response.body.byteLength) > MAX_KEPT_BYTES) {
    const message = `The responses of this node add up to more than ${MAX_KEPT_BYTES} bytes; ask for less, or for files`;
    throw new EgressError('response-too-large', message, false);
  }
  return answer;
}

interface Exchange {
  response: EgressResponse;
  mask(text: string): string;
}

/** The request, and once more where a token turned out to be of no use: a 401 means that nothing was done. */
async function exchange(call: HttpCall, authority: Authority | undefined, sending: Sending): Promise<Exchange> {
  const response = await exchangeOnce(call, authority, sending);
  const first = { response, mask: authority?.mask ?? unmasked };
  // A 401 from where a redirect led says nothing of a credential that was not sent there.
  if (response.status !== 401 || !authority?.renew || !isSameOrigin(response.url, call.url)) return first;
  const renewed = await authority.renew();
  const again = await exchangeOnce(call, renewed, sending);
  return { response: again, mask: (text) => renewed.mask(first.mask(text)) };
}

const isSameOrigin = (a: string, b: string): boolean =>
  URL.canParse(a) && URL.canParse(b.trim()) && new URL(a).origin === new URL(b.trim()).origin;

/** The request as it goes out, once, or twice where the server challenges (digest). */
async function exchangeOnce(
  call: HttpCall,
  authority: Authority | undefined,
  { payload: { options }, request, ports, tally: { meta }, telling }: Sending,
): Promise<EgressResponse> {
  const headers = headersOf(call, options.format);
  const content = authority ? withBodyFields(call, authority.body) : call.body;
  const made = content ? await requestBody(content, request.tenant, ports) : undefined;
  if (made && (!has(call, 'content-type') || content?.kind === 'multipart')) {
    // The boundary is ours, so an author's multipart type cannot be right.
    for (let at = headers.length - 1; at >= 0; at--) {
      if (headers[at]?.[0].trim().toLowerCase() === 'content-type') headers.splice(at, 1);
    }
    headers.push(['content-type', made.mimeType]);
  }
  const url = withQuery(call.url, [...call.query, ...(authority?.query ?? [])]);
  if (authority) {
    checkPlace(authority.credential, placeOf(url));
    for (const [name, value] of authority.headers) replaceHeader(headers, name, value);
    for (const [name, value] of authority.defaults) if (!has(call, name)) headers.push([name, value]);
  }
  const ask = async (extra: [string, string][]): Promise<EgressResponse> => {
    const secretHeaders = [...(authority?.headers ?? []), ...extra].map(([name]) => name);
    const outgoing: EgressRequest = {
      url,
      method: call.method,
      headers: [...headers, ...extra],
      body: made?.body,
      secret: { headers: secretHeaders, body: Object.keys(authority?.body ?? {}).length > 0 },
    };
    const heard = telling?.listener(call.itemIndex, authority?.mask);
    const limits = { timeoutMs: options.timeoutMs, redirect: options.redirect, ...(heard && { heard }) };
    const response = await egressFetch(outgoing, request.policy, limits, ports.egress);
    meta.requests += response.meta.requests;
    meta.bytesIn += response.meta.bytesIn;
    meta.bytesOut += response.meta.bytesOut;
    return response;
  };
  const response = await ask([]);
  const digest = authority?.digest;
  const challenge = digest && response.status === 401 && readChallenge(response.headers.get('www-authenticate'));
  // A challenge from where a redirect led is not answered: the credential is for the first origin.
  if (!digest || !challenge || new URL(response.url).origin !== new URL(url).origin) return response;
  const { method } = call;
  const proof = answerChallenge(challenge, { method, url: response.url, cnonce: ports.newId(), ...digest });
  return ask([['authorization', proof]]);
}

function placeOf(text: string): { host: string; port: number } {
  if (!URL.canParse(text.trim())) return { host: '', port: 0 };
  const { hostname, port, protocol } = new URL(text.trim());
  return { host: hostname, port: Number(port) || (protocol === 'https:' ? 443 : 80) };
}

/** The credential wins over a header of the author's: two of one name would be joined. */
function replaceHeader(headers: [string, string][], name: string, value: string): void {
  const same = (other: string): boolean => other.trim().toLowerCase() === name.trim().toLowerCase();
  for (let at = headers.length - 1; at >= 0; at--) if (same(headers[at]?.[0] ?? '')) headers.splice(at, 1);
  headers.push([name, value]);
}

function headersOf(call: HttpCall, format: HttpPayload['options']['format']): [string, string][] {
  const headers: [string, string][] = [...call.headers];
  if (!has(call, 'accept')) {
    headers.push([
      'accept',
      format === 'json'
        ? 'application/json,text/*;q=0.99'
        : 'application/json,text/html,application/xhtml+xml,application/xml,text/*;q=0.9, image/*;q=0.8, */*;q=0.7',
    ]);
  }
  if (!has(call, 'user-agent')) headers.push(['user-agent', 'millrace']);
  if (call.idempotencyKey !== undefined && !has(call, 'idempotency-key')) {
    headers.push(['idempotency-key', call.idempotencyKey]);
  }
  return headers;
}
