import type { Outside } from './outside.ts';
import type { Data } from './types.ts';

/** What the host tells of a response. */
interface Exchange {
  status: number;
  statusText: string;
  headers: [string, string][];
  url: string;
  /** Base64. */
  body: string;
}

const NO_BODY = new Set([101, 204, 205, 304]);

async function exchange(
  outside: Outside,
  request: { method: string; url: string; headers: Headers; body?: Uint8Array; timeoutMs?: number; follow: boolean },
): Promise<Exchange & { bytes: Uint8Array<ArrayBuffer> }> {
  const { method, url, headers, body, timeoutMs, follow } = request;
  const value = (await outside.wish({
    kind: 'http',
    method,
    url,
    headers: [...headers],
    follow,
    ...(body === undefined ? {} : { body: Buffer.from(body).toString('base64') }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  })) as unknown as Exchange;
  return { ...value, bytes: Uint8Array.from(Buffer.from(value.body, 'base64')) };
}

/** `fetch` as the platform has it, by way of the host. */
export const fetchBy = (outside: Outside) => {
  const send = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const body = request.body ? new Uint8Array(await request.arrayBuffer()) : undefined;
    const { status, statusText, headers, url, bytes } = await exchange(outside, {
      method: request.method,
      url: request.url,
      headers: request.headers,
      follow: request.redirect === 'follow',
      ...(body === undefined ? {} : { body }),
    });
    const response = new Response(NO_BODY.has(status) ? null : bytes, { status, statusText, headers });
    Object.defineProperty(response, 'url', { value: url });
    return response;
  };
  return (...given: Parameters<typeof send>) => outside.begun(send(...given));
};

/** The options of n8n's `helpers.httpRequest` and of the older `helpers.request` that mean something here. */
interface Options {
  url?: string;
  uri?: string;
  baseURL?: string;
  method?: string;
  headers?: { [name: string]: unknown };
  qs?: { [name: string]: unknown };
  body?: unknown;
  form?: { [name: string]: unknown };
  json?: boolean;
  auth?: { username?: string; password?: string; user?: string; pass?: string };
  timeout?: number;
  encoding?: string | null;
  returnFullResponse?: boolean;
  resolveWithFullResponse?: boolean;
  ignoreHttpStatusErrors?: boolean;
  simple?: boolean;
  disableFollowRedirect?: boolean;
  followRedirect?: boolean;
}

function addressOf(options: Options): string {
  const url = new URL(String(options.url ?? options.uri ?? ''), options.baseURL);
  for (const [name, value] of Object.entries(options.qs ?? {})) {
    for (const each of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (each !== undefined) url.searchParams.append(name, String(each));
    }
  }
  return url.href;
}

function bodyOf({ body, form }: Options, headers: Headers): Uint8Array | undefined {
  const say = (mimeType: string): void => {
    if (!headers.has('content-type')) headers.set('content-type', mimeType);
  };
  const given = form ? new URLSearchParams(form as Record<string, string>) : body;
  if (given === undefined || given === null) return undefined;
  if (given instanceof Uint8Array) return given;
  if (typeof given === 'string') return Buffer.from(given);
  if (given instanceof URLSearchParams) {
    say('application/x-www-form-urlencoded');
    return Buffer.from(given.toString());
  }
  say('application/json');
  return Buffer.from(JSON.stringify(given));
}

function contentOf(bytes: Uint8Array, type: string, options: Options): unknown {
  const buffer = Buffer.from(bytes);
  if (options.encoding === null || options.encoding === 'arraybuffer') return buffer;
  const text = buffer.toString('utf8');
  if (options.encoding === 'text' || (options.json !== true && !/[/+]json\b/.test(type))) return text;
  try {
    return JSON.parse(text) as Data;
  } catch {
    return text;
  }
}

/** `helpers.httpRequest(options)`: resolves to the body, or to all with `returnFullResponse`; rejects from status 400 on. */
export const httpRequestBy = (outside: Outside) => {
  const send = async (given: Options | string, more?: Options): Promise<unknown> => {
    const options: Options = typeof given === 'string' ? { ...more, url: given } : given;
    const headers = new Headers();
    if (options.json === true) headers.set('accept', 'application/json');
    for (const [name, value] of Object.entries(options.headers ?? {})) headers.set(name, String(value));
    const { auth } = options;
    if (auth) {
      const pair = `${auth.username ?? auth.user ?? ''}:${auth.password ?? auth.pass ?? ''}`;
      headers.set('authorization', `Basic ${Buffer.from(pair).toString('base64')}`);
    }
    const body = bodyOf(options, headers);
    const got = await exchange(outside, {
      method: String(options.method ?? 'GET').toUpperCase(),
      url: addressOf(options),
      headers,
      follow: options.disableFollowRedirect !== true && options.followRedirect !== false,
      ...(body === undefined ? {} : { body }),
      ...(typeof options.timeout === 'number' ? { timeoutMs: options.timeout } : {}),
    });
    const answer = {
      statusCode: got.status,
      statusMessage: got.statusText,
      headers: Object.fromEntries(got.headers),
      body: contentOf(got.bytes, new Headers(got.headers).get('content-type') ?? '', options),
    };
    if (got.status >= 400 && options.ignoreHttpStatusErrors !== true && options.simple !== false) {
      const { body: data } = answer;
      const response = { ...answer, status: got.status, data };
      throw Object.assign(new Error(`Request failed with status code ${got.status}`), {
        statusCode: got.status,
        httpCode: String(got.status),
        response,
      });
    }
    return options.returnFullResponse === true || options.resolveWithFullResponse === true ? answer : answer.body;
  };
  return (...given: Parameters<typeof send>) => outside.begun(send(...given));
};
