import type { EgressAccount } from './account.ts';
import { exchangeOver, isBodiedGet } from './bodied-get.ts';
import { EgressError } from './error.ts';
import type { RawSocket, SocketTls } from './connect.ts';
import { dropOriginBound, requestHeaders } from './headers.ts';
import type { EgressPolicy, SocketTarget } from './policy.ts';
import { checkResolved, checkTarget } from './policy.ts';

/** Response bytes kept at most, decoded; a workflow value is held in memory, and an isolate has 128 MB. */
const MAX_RESPONSE_BYTES = 32 * 1024 * 1024;
export const DEFAULT_TIMEOUT_MS = 300_000;
export const MAX_REDIRECTS = 21;

/** Makes the body anew for each hop; `bytes` is counted, not sent. */
export interface RequestBody {
  make(): Promise<BodyInit>;
  bytes: number;
}

export interface EgressRequest {
  url: string;
  method: string;
  headers: readonly (readonly [string, string])[];
  body?: RequestBody | undefined;
  /** What came from a credential: for the first origin only, whatever its headers are called. */
  secret?: { headers: readonly string[]; body: boolean } | undefined;
}

export interface EgressLimits {
  timeoutMs?: number | undefined;
  maxBytes?: number | undefined;
  redirect: { follow: boolean; max: number };
  /** Given the body of a 2xx answer as it comes, and its type. */
  heard?(piece: Uint8Array, type: string): void;
  /** Breaks the request off, as `timeout`. Not aborted yet. */
  signal?: AbortSignal;
}

export interface EgressPorts {
  /** The platform's fetch; a network that only reaches public addresses where the host offers one. */
  fetch(target: { listed: boolean }, url: string, init: RequestInit): Promise<Response>;
  /** Opens a socket, in the same networks. */
  connect(target: { listed: boolean; host: string; port: number }, tls: SocketTls): Promise<RawSocket>;
  /** Addresses of a name, when the host can tell. Names the policy lists are not resolved. */
  resolve?(host: string): Promise<string[]>;
  /** Where what goes through is counted. */
  account?: EgressAccount;
}

export interface EgressResponse {
  status: number;
  statusText: string;
  headers: Headers;
  url: string;
  body: Uint8Array;
  meta: EgressMeta;
}

/** Accounting: HTTP exchanges, and body bytes each way. */
export interface EgressMeta {
  requests: number;
  bytesIn: number;
  bytesOut: number;
}

/** Checks what a name resolves to, where the host can tell. @throws EgressError. */
export async function resolveTarget(
  target: SocketTarget,
  policy: EgressPolicy,
  ports: Pick<EgressPorts, 'resolve'>,
): Promise<void> {
  if (target.address || target.listed || !ports.resolve) return;
  let addresses: string[];
  try {
    addresses = await ports.resolve(target.host);
  } catch {
    throw new EgressError('dns-failed', `${target.host} could not be resolved`, true);
  }
  checkResolved(target, addresses, policy);
}

/** Reads at most `maxBytes` and stops the transfer at the first byte beyond. */
async function readCapped(
  response: Response,
  {
    maxBytes,
    host,
    account,
    heard,
  }: {
    maxBytes: number;
    host: string;
    account: EgressAccount | undefined;
    heard?: EgressLimits['heard'] | undefined;
  },
): Promise<Uint8Array> {
  const tooLarge = (): EgressError =>
    new EgressError('response-too-large', `${host} answered with more than ${maxBytes} bytes`, false);
  const declared = Number(response.headers.get('content-length') ?? 0);
  if (declared > maxBytes) {
    await response.body?.cancel().catch(() => undefined);
    throw tooLarge();
  }
  const reader = response.body?.getReader();
  if (!reader) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  const type = response.headers.get('content-type') ?? '';
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (account) account.bytesIn += value.byteLength;
    if (size > maxBytes) {
      await reader.cancel().catch(() => undefined);
      throw tooLarge();
    }
    if (response.ok) heard?.(value, type);
    chunks.push(value);
  }
  const [only] = chunks;
  if (chunks.length === 1 && only) return only;
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.byteLength;
  }
  return all;
}

function connectFailure(error: unknown, host: string): EgressError {
  const text =
    error instanceof Error
      ? `${error.message} ${error.cause instanceof Error ? error.cause.message : ''}`
      : String(error);
  if (/restrictPeers|not permitted|blocked by/i.test(text)) {
    return new EgressError('egress-refused', `${host} resolves to an address that may not be reached`, false);
  }
  if (/DNS|ENOTFOUND|EAI_AGAIN|getaddrinfo|resolve/i.test(text)) {
    return new EgressError('dns-failed', `${host} could not be resolved`, true);
  }
  return new EgressError('connect-failed', `${host} could not be reached: ${text.trim().slice(0, 200)}`, true);
}

async function bodiedGet(
  { url, listed, host }: ReturnType<typeof checkTarget>,
  init: RequestInit & { method: string },
  ports: EgressPorts,
): Promise<Response> {
  const secure = url.protocol === 'https:';
  const port = Number(url.port) || (secure ? 443 : 80);
  const socket = await ports.connect({ listed, host, port }, secure ? 'on' : 'off');
  await socket.opened;
  return exchangeOver(socket, url, init);
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * The only way out: every outgoing request of every node passes here. Redirects are followed by hand so that each
 * hop is checked like the first.
 * @throws EgressError with codes egress-refused, dns-failed, connect-failed, timeout, response-too-large, too-many-redirects.
 */
export async function egressFetch(
  request: EgressRequest,
  policy: EgressPolicy,
  limits: EgressLimits,
  ports: EgressPorts,
): Promise<EgressResponse> {
  const timeoutMs = Math.min(limits.timeoutMs ?? DEFAULT_TIMEOUT_MS, policy.timeoutMs ?? Infinity);
  const maxBytes = Math.min(limits.maxBytes ?? MAX_RESPONSE_BYTES, policy.maxResponseBytes ?? Infinity);
  const abort = new AbortController();
  let host = '';
  // The race is what counts: not every stream of the platform heeds a signal.
  const { promise: late, reject } = Promise.withResolvers<never>();
  const end = (why: string): void => {
    reject(new EgressError('timeout', `${host} ${why}`, true));
    abort.abort();
  };
  const stop = (): void => end('was not waited for any longer');
  const timer = setTimeout(() => end(`did not answer within ${timeoutMs} ms`), timeoutMs);
  limits.signal?.addEventListener('abort', stop);
  late.catch(() => undefined);
  try {
    return await Promise.race([late, exchange()]);
  } catch (error) {
    throw error instanceof EgressError ? error : connectFailure(error, host);
  } finally {
    clearTimeout(timer);
    limits.signal?.removeEventListener('abort', stop);
  }

  async function exchange(): Promise<EgressResponse> {
    const meta: EgressMeta = { requests: 0, bytesIn: 0, bytesOut: 0 };
    const headers = requestHeaders(request.headers);
    let { method, body, url } = { method: request.method, body: request.body, url: request.url };
    for (let hop = 0; ; hop++) {
      const target = checkTarget(url, policy);
      host = target.host;
      await resolveTarget(target, policy, ports);
      const init: RequestInit = { method, headers, redirect: 'manual', signal: abort.signal };
      if (body) init.body = await body.make();
      meta.requests++;
      meta.bytesOut += body?.bytes ?? 0;
      if (ports.account) ports.account.bytesOut += body?.bytes ?? 0;
      const response = isBodiedGet(method, init)
        ? await bodiedGet(target, { ...init, method }, ports)
        : await ports.fetch(target, target.url.href, init);
      const location = REDIRECTS.has(response.status) ? response.headers.get('location') : null;
      if (location === null || !limits.redirect.follow) {
        const bytes = await readCapped(response, { maxBytes, host, account: ports.account, heard: limits.heard });
        meta.bytesIn += bytes.byteLength;
        return {
          status: response.status,
          statusText: response.statusText,
          headers: response.headers,
          url: target.url.href,
          body: bytes,
          meta,
        };
      }
      await response.body?.cancel().catch(() => undefined);
      if (hop >= Math.min(limits.redirect.max, MAX_REDIRECTS)) {
        throw new EgressError('too-many-redirects', `${host} redirected more than ${limits.redirect.max} times`, false);
      }
      const next = nextUrl(location, target.url);
      const leaves = next.origin !== target.url.origin;
      if (leaves) {
        dropOriginBound(headers);
        for (const name of request.secret?.headers ?? []) headers.delete(name);
      }
      const rewritten =
        (response.status <= 302 && method === 'POST') ||
        (response.status === 303 && method !== 'GET' && method !== 'HEAD');
      if (rewritten) {
        method = 'GET';
        body = undefined;
        for (const name of ['content-type', 'content-encoding', 'content-language', 'content-location']) {
          headers.delete(name);
        }
      }
      if (leaves && body && request.secret?.body) {
        throw new EgressError('egress-refused', `${host} redirected a body that holds a credential elsewhere`, false);
      }
      url = next.href;
    }
  }
}

function nextUrl(location: string, from: URL): URL {
  let next: URL;
  try {
    next = new URL(location, from);
  } catch {
    throw new EgressError('egress-refused', `${from.hostname} redirected to something that is no URL`, false);
  }
  // A downgrade would send what was encrypted in the clear.
  if (from.protocol === 'https:' && next.protocol === 'http:') {
    throw new EgressError('egress-refused', `${from.hostname} redirected from https to http`, false);
  }
  return next;
}
