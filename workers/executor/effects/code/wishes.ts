import { fromBase64, toBase64 } from '../../../../core/data/base64.ts';
import type { JsonObject } from '../../../../core/data/item.ts';
import type { Wish } from '../../../code-host/prelude/outside.ts';
import { EgressError } from '../../egress/error.ts';
import { egressFetch, MAX_REDIRECTS } from '../../egress/fetch.ts';
import type { ExecutorPorts, PerformRequest } from '../../ports.ts';
import { readFile, storeFile } from '../http/files.ts';

/** Wishes of one call. Code that needs more should be nodes. */
export const MAX_WISHES = 200;
/** Bytes of one answer or one file: it lies in the isolate as text and as bytes at once. */
export const MAX_WISH_BYTES = 8 * 1024 * 1024;
const REQUEST_TIMEOUT_MS = 30_000;

function tooLarge(bytes: number): void {
  if (bytes <= MAX_WISH_BYTES) return;
  throw new EgressError('file-too-large', `Code handles files of at most ${MAX_WISH_BYTES} bytes, not ${bytes}`, false);
}

async function grant(
  wish: Wish,
  { tenant, policy }: PerformRequest,
  ports: ExecutorPorts,
): Promise<JsonObject | string> {
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
  const { method, url, headers, body, timeoutMs, follow } = wish;
  const bytes = body === undefined ? undefined : fromBase64(body);
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
    },
    ports.egress,
  );
  return {
    status: response.status,
    statusText: response.statusText,
    headers: [...response.headers],
    url: response.url,
    body: toBase64(response.body),
  };
}

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

  constructor(request: PerformRequest, ports: ExecutorPorts, network: boolean) {
    this.#request = request;
    this.#ports = ports;
    this.#network = network;
  }

  /** The code starts again from its beginning. */
  restart(): void {
    this.#seen = new Map();
    this.#count = 0;
  }

  /** JSON text of the answer. Never rejects. */
  readonly answer = (text: string): Promise<string> => {
    const nth = this.#seen.get(text) ?? 0;
    this.#seen.set(text, nth + 1);
    const same = this.#granted.get(text) ?? [];
    this.#granted.set(text, same);
    this.#count++;
    return (same[nth] ??= this.#perform(text));
  };

  async #perform(text: string): Promise<string> {
    try {
      if (this.#count > MAX_WISHES) {
        throw new EgressError('too-many-requests', `Code may ask for at most ${MAX_WISHES} requests and files`, false);
      }
      const wish = JSON.parse(text) as Wish;
      // The prelude refuses too, but the prelude shares its isolate with the author.
      if (wish.kind === 'http' && !this.#network) {
        throw new EgressError('network-denied', 'This node may not reach the network', false);
      }
      return JSON.stringify({ ok: true, value: await grant(wish, this.#request, this.#ports) });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const code = error instanceof EgressError ? error.code : 'code-error';
      return JSON.stringify({ ok: false, error: { code, message } });
    }
  }
}
