import { errorFrom } from './api-error.ts';
import type { EndpointKey, InputOf, OutputOf } from './endpoints.ts';

export { ApiError, errorFrom } from './api-error.ts';
export type { EndpointKey, InputOf, OutputOf } from './endpoints.ts';

export interface ClientOptions {
  /** Where Millrace is, e.g. `http://127.0.0.1:8787`. */
  url: string;
  /** `mr_<tenant>_…`, or a session's `ms_…`. Left out in a browser, whose cookie says who asks. */
  apiKey?: string;
  /** The organisation that requests of a session are about; a key belongs to one. */
  organization?: string;
  /** How to reach it; the browser's, Node's, or a test's. */
  fetch: (url: string, init: RequestInit) => Promise<Response>;
}

export interface CallOptions {
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

interface Parts {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
}

type Arguments<K extends EndpointKey> =
  Record<never, unknown> extends InputOf<K>
    ? [input?: InputOf<K>, options?: CallOptions]
    : [input: InputOf<K>, options?: CallOptions];

export interface Client {
  /**
   * Calls an endpoint by its method and path, as /openapi.json lists them:
   * `await client.call('POST /v1/workflows/{id}/publish', { params: { id } })`. Rejects with ApiError.
   */
  call<K extends EndpointKey>(key: K, ...rest: Arguments<K>): Promise<OutputOf<K>>;
  /** The same, with the response unread: for event streams and headers. */
  open<K extends EndpointKey>(key: K, ...rest: Arguments<K>): Promise<Response>;
}

export function createClient({ url, apiKey, organization, fetch: send }: ClientOptions): Client {
  const base = url.replace(/\/+$/, '');
  const asking = {
    ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
    ...(organization === undefined ? {} : { 'x-millrace-organization': organization }),
  };

  async function open(key: string, input: Parts = {}, options: CallOptions = {}): Promise<Response> {
    const { body } = input;
    const isFile = body instanceof Uint8Array;
    const response = await send(base + addressOf(key, input), {
      method: key.slice(0, key.indexOf(' ')),
      headers: {
        ...asking,
        ...(body === undefined ? {} : { 'content-type': isFile ? 'application/octet-stream' : 'application/json' }),
        ...options.headers,
      },
      ...(body === undefined ? {} : { body: isFile ? new Uint8Array(body) : JSON.stringify(body) }),
      ...(options.signal ? { signal: options.signal } : {}),
    });
    if (!response.ok) throw await errorFrom(response);
    return response;
  }

  return {
    open: (key, ...[input, options]) => open(key, input as Parts | undefined, options),
    async call<K extends EndpointKey>(key: K, ...[input, options]: Arguments<K>): Promise<OutputOf<K>> {
      const response = await open(key, input as Parts | undefined, options);
      const text = await response.text();
      // SAFETY: the contract's output type is what the server is tested to answer.
      return (text === '' ? undefined : JSON.parse(text)) as OutputOf<K>;
    },
  };
}

function addressOf(key: string, { params = {}, query = {} }: Parts): string {
  const template = key.slice(key.indexOf(' ') + 1);
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    if (value === undefined || value === '') throw new TypeError(`${key} needs the parameter ${name}`);
    return encodeURIComponent(String(value));
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const each of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (each !== undefined) search.append(name, String(each));
    }
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}
