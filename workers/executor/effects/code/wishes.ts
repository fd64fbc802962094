import { fromBase64, toBase64 } from '../../../../core/data/base64.ts';
import type { JsonObject } from '../../../../core/data/item.ts';
import { MAX_WISHES } from '../../../code-host/isolate.ts';
import type { Wish } from '../../../code-host/prelude/outside.ts';
import { EgressError } from '../../egress/error.ts';
import { egressFetch, MAX_REDIRECTS } from '../../egress/fetch.ts';
import type { ExecutorPorts, PerformRequest } from '../../ports.ts';
import { readFile, storeFile } from '../http/files.ts';
import { withSecrets } from './secret-requests.ts';

/** Bytes of one answer or one file: it lies in the isolate as text and as bytes at once. */
const MAX_WISH_BYTES = 8 * 1024 * 1024;
/** Of all requests and answers of one call: they lie in the executor while they pass, and it serves everybody. */
export const MAX_CALL_CHARS = 32 * 1024 * 1024;
/** Connections a Worker may have open at once; more would only queue. */
const MAX_PARALLEL = 6;
const REQUEST_TIMEOUT_MS = 30_000;

function tooLarge(bytes: number): void {
  if (bytes <= MAX_WISH_BYTES) return;
  throw new EgressError('file-too-large', `Code handles files of at most ${MAX_WISH_BYTES} bytes, not ${bytes}`, false);
}

async function grant(
  wish: Wish,
  { request, ports, signal }: { request: PerformRequest; ports: ExecutorPorts; signal: AbortSignal },
): Promise<JsonObject | string> {
  const { tenant, policy } = request;
  if (wish.kind === 'read') {
    // SAFETY: `readFile` checks what matters, the id.
    const { bytes } = await readFile(wish.file as never, tenant, ports);
    tooLarge(bytes.byteLength);
    return toBase64(bytes);
  }
  if (wish.kind === 'write') {
    const bytes = fromBase64(wish.data);
    tooLarge(bytes.byteLength);
    const { mimeType, fileName } = wish;
    return (await storeFile({ bytes, mimeType, fileName }, tenant, ports)) as unknown as JsonObject;
  }
  const { method, timeoutMs, follow } = wish;
  const { url, headers, bytes, masked, maskedError } = await withSecrets(wish, request, ports);
  const response = await egressFetch(
    {
      url,
      method,
      headers,
      body: bytes && { make: () => Promise.resolve(bytes), bytes: bytes.byteLength },
    },
    policy,
    {
      timeoutMs: Math.min(timeoutMs ?? REQUEST_TIMEOUT_MS, REQUEST_TIMEOUT_MS),
      maxBytes: MAX_WISH_BYTES,
      redirect: { follow, max: MAX_REDIRECTS },
      signal,
    },
    ports.egress,
  ).catch((error: unknown) => {
    throw maskedError(error);
  });
  return masked({
    status: response.status,
    statusText: response.statusText,
    headers: [...response.headers],
    url: response.url,
    body: response.body,
  });
}

const refusal = (code: string, message: string): string => JSON.stringify({ ok: false, error: { code, message } });

/**
 * Grants what running code asks for. A host that dies under a call makes it run again: what was granted is remembered,
 * so that the same request at the same place is not sent twice.
 */
export class Grants {
  readonly #request: PerformRequest;
  readonly #ports: ExecutorPorts;
  readonly #network: boolean;
  readonly #granted = new Map<string, Promise<string>[]>();
  #seen = new Map<string, number>();
  #count = 0;
  /** Of requests and answers, in this attempt. */
  #chars = 0;
  #running = 0;
  readonly #queue: (() => void)[] = [];
  readonly #open = new Set<Promise<string>>();
  readonly #stop = new AbortController();

  constructor(request: PerformRequest, ports: ExecutorPorts, network: boolean) {
    this.#request = request;
    this.#ports = ports;
    this.#network = network;
  }

  /** The code starts again from its beginning. */
  restart(): void {
    this.#seen = new Map();
    this.#count = 0;
    this.#chars = 0;
  }

  /** JSON text of the answer. Never rejects. */
  readonly answer = async (text: string): Promise<string> => {
    this.#chars += text.length;
    if (++this.#count > MAX_WISHES) {
      return refusal('too-many-requests', `Code may ask for at most ${MAX_WISHES} requests and files`);
    }
    const full = refusal(
      'file-too-large',
      `Requests and files of code hold at most ${MAX_CALL_CHARS} characters together`,
    );
    if (this.#chars > MAX_CALL_CHARS) return full;
    const nth = this.#seen.get(text) ?? 0;
    this.#seen.set(text, nth + 1);
    const same = this.#granted.get(text) ?? [];
    this.#granted.set(text, same);
    const answer = await (same[nth] ??= this.#begin(text, full));
    this.#chars += answer.length;
    return answer;
  };

  /**
   * Ends when everything that was asked for has, awaited by the code or not; what is not done after `withinMs` is broken
   * off. Nothing is sent or received later, when nobody would count it.
   */
  async end(withinMs: number): Promise<void> {
    const timer = setTimeout(() => this.#stop.abort(), withinMs);
    while (this.#open.size > 0) await Promise.all(this.#open);
    clearTimeout(timer);
  }

  #begin(text: string, full: string): Promise<string> {
    const begun = this.#inTurn(text, full).finally(() => this.#open.delete(begun));
    this.#open.add(begun);
    return begun;
  }

  async #inTurn(text: string, full: string): Promise<string> {
    while (this.#running >= MAX_PARALLEL) await new Promise<void>((go) => this.#queue.push(go));
    this.#running++;
    try {
      const answer = await this.#perform(text);
      return this.#chars + answer.length > MAX_CALL_CHARS ? full : answer;
    } finally {
      this.#running--;
      this.#queue.shift()?.();
    }
  }

  async #perform(text: string): Promise<string> {
    try {
      const { signal } = this.#stop;
      if (signal.aborted) return refusal('timeout', 'The code had ended');
      const wish = JSON.parse(text) as Wish;
      // The prelude refuses too, but the prelude shares its isolate with the author.
      if (wish.kind === 'http' && !this.#network) {
        return refusal('network-denied', 'This node may not reach the network');
      }
      return JSON.stringify({
        ok: true,
        value: await grant(wish, { request: this.#request, ports: this.#ports, signal }),
      });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return refusal(error instanceof EgressError ? error.code : 'code-error', message);
    }
  }
}
