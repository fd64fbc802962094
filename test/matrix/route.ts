import type { AnyRoute } from '../../workers/kit/contract.ts';

/** A route of the product with where it is from. */
export interface RouteCase {
  area: string;
  name: string;
  route: AnyRoute;
}

export interface Sent {
  params?: Record<string, string>;
  query?: Record<string, string>;
  /** A value is sent as JSON, bytes and texts as they are. */
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Heard {
  status: number;
  headers: Headers;
  text: string;
  /** Undefined when the answer is no JSON object. */
  json: Record<string, unknown> | undefined;
}

/** One way to call the product as somebody. `key` is `METHOD /path/{param}`. */
export type Ask = (key: string, sent?: Sent) => Promise<Heard>;

/** Makes an `Ask` of something that fetches, so that the same walks run inside workerd and over a socket. */
export function asking(
  send: (path: string, init: RequestInit) => Promise<Response>,
  auth: Record<string, string>,
): Ask {
  return async (key, { params = {}, query = {}, body, headers = {} } = {}) => {
    const [method = '', template = ''] = key.split(' ');
    const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? 'nowhere'));
    const search = new URLSearchParams(query).toString();
    const isRaw = typeof body === 'string' || body instanceof Uint8Array;
    const response = await send(path + (search && `?${search}`), {
      method,
      headers: { ...auth, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined || method === 'GET' ? {} : { body: isRaw ? (body as BodyInit) : JSON.stringify(body) }),
    });
    const text = await textOf(response);
    let json: Record<string, unknown> | undefined;
    try {
      json = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : undefined;
    } catch {
      json = undefined;
    }
    return { status: response.status, headers: response.headers, text, json };
  };
}

/** A stream of events may go on for minutes: what it says at once is its answer. */
async function textOf(response: Response): Promise<string> {
  if (!response.body || !response.headers.get('content-type')?.startsWith('text/event-stream')) return response.text();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const late = new Promise<undefined>((done) => setTimeout(() => done(undefined), 300));
  let text = '';
  for (;;) {
    const piece = await Promise.race([reader.read(), late]);
    if (!piece || piece.done) break;
    text += piece.value;
  }
  await reader.cancel();
  return text;
}
