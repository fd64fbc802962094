import type { RawSocket } from './connect.ts';
import { EgressError } from './error.ts';

/** Longer heads are an attack or no HTTP. */
const MAX_HEAD_BYTES = 64 * 1024;
const [CR, LF] = [13, 10];
const NO_BODY = new Set([204, 205, 304]);

/** True for what the platform's fetch refuses although servers take it, and many APIs' examples do it. */
export const isBodiedGet = (method: string, init: RequestInit): boolean =>
  (method === 'GET' || method === 'HEAD') && init.body != null;

/** One HTTP/1.1 exchange on a fresh socket. The body is streamed, so that the reader's cap ends it early. */
export async function exchangeOver(
  socket: RawSocket,
  url: URL,
  init: RequestInit & { method: string },
): Promise<Response> {
  init.signal?.addEventListener('abort', () => void socket.close().catch(() => undefined), { once: true });
  const body = new Uint8Array(await new Response(init.body).arrayBuffer());
  const writer = socket.writable.getWriter();
  await writer.write(new TextEncoder().encode(headOf(url, init, body.byteLength)));
  await writer.write(body);
  const source = new Source(socket);
  let head = await readHead(source);
  while (head.status >= 100 && head.status < 200) head = await readHead(source);
  const { status, statusText, headers } = head;
  const empty = init.method === 'HEAD' || NO_BODY.has(status);
  if (empty) await source.end();
  return new Response(empty ? null : bodyOf(source, headers), { status, statusText, headers });
}

function headOf(url: URL, init: RequestInit & { method: string }, bytes: number): string {
  const headers = new Headers(init.headers);
  headers.set('host', url.host);
  headers.set('content-length', String(bytes));
  headers.set('connection', 'close');
  headers.set('accept-encoding', 'identity');
  const lines = [`${init.method} ${url.pathname}${url.search} HTTP/1.1`, ...[...headers].map(([k, v]) => `${k}: ${v}`)];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

interface Head {
  status: number;
  statusText: string;
  headers: Headers;
}

async function readHead(source: Source): Promise<Head> {
  const first = await source.line();
  const [, code, statusText = ''] = /^HTTP\/1\.[01] (\d{3})(?: (.*))?$/.exec(first) ?? [];
  if (code === undefined) throw new EgressError('bad-protocol', 'The server does not speak HTTP', false);
  const headers = new Headers();
  for (let size = first.length; ;) {
    const line = await source.line();
    if (line === '') return { status: Number(code), statusText, headers };
    if ((size += line.length) > MAX_HEAD_BYTES) {
      throw new EgressError('bad-protocol', 'The server sends endless headers', false);
    }
    const [, name, value = ''] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
    if (name === undefined) throw new EgressError('bad-protocol', 'The server sent a header that is none', false);
    headers.append(name, value);
  }
}

/** Bytes of the body, however the head frames them. */
function bodyOf(source: Source, headers: Headers): ReadableStream<Uint8Array> {
  const chunked = /(?:^|,)\s*chunked\s*$/i.test(headers.get('transfer-encoding') ?? '');
  const declared = headers.get('content-length');
  if (!chunked && declared !== null && !/^\d{1,15}$/.test(declared)) {
    throw new EgressError('bad-protocol', 'The server sent a length that is none', false);
  }
  headers.delete('transfer-encoding');
  let left = chunked ? 0 : declared === null ? Infinity : Number(declared);
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (chunked && left === 0) left = await nextChunk(source);
      const bytes = left > 0 ? await source.some(left) : undefined;
      if (bytes) {
        left -= bytes.byteLength;
        controller.enqueue(bytes);
        if (chunked && left === 0) await source.line();
        return;
      }
      await source.end();
      if (left > 0 && left !== Infinity) {
        controller.error(new EgressError('connect-failed', 'The server hung up in the middle', true));
      } else controller.close();
    },
    cancel: () => source.end(),
  });
}

/** Size of the next chunk; 0 after the last, whose trailers are read away. */
async function nextChunk(source: Source): Promise<number> {
  const size = /^([0-9a-f]{1,8})\s*(?:;.*)?$/i.exec(await source.line())?.[1];
  if (size === undefined) throw new EgressError('bad-protocol', 'The server sent a chunk that is none', false);
  const length = Number.parseInt(size, 16);
  if (length > 0) return length;
  for (let lines = 0; lines < 100 && (await source.line()) !== ''; lines++);
  return 0;
}

/** What a socket brings, as lines and as bytes. */
class Source {
  readonly #socket: RawSocket;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #held: Uint8Array = new Uint8Array();

  constructor(socket: RawSocket) {
    this.#socket = socket;
    this.#reader = socket.readable.getReader();
  }

  /** Without its end, as Latin-1. @throws EgressError when there is none. */
  async line(): Promise<string> {
    for (;;) {
      const end = this.#held.indexOf(LF);
      if (end >= 0) {
        const bytes = this.#held.subarray(0, this.#held[end - 1] === CR ? end - 1 : end);
        this.#held = this.#held.subarray(end + 1);
        return String.fromCharCode(...bytes);
      }
      if (this.#held.byteLength > MAX_HEAD_BYTES) {
        throw new EgressError('bad-protocol', 'The server sends endless lines', false);
      }
      const more = await this.#read();
      if (!more) throw new EgressError('connect-failed', 'The server hung up before it answered', true);
      const joined = new Uint8Array(this.#held.byteLength + more.byteLength);
      joined.set(this.#held);
      joined.set(more, this.#held.byteLength);
      this.#held = joined;
    }
  }

  /** Up to so many bytes; undefined at the end. */
  async some(atMost: number): Promise<Uint8Array | undefined> {
    const bytes = this.#held.byteLength > 0 ? this.#held : await this.#read();
    if (!bytes) return undefined;
    this.#held = bytes.subarray(Math.min(atMost, bytes.byteLength));
    return bytes.subarray(0, atMost);
  }

  async end(): Promise<void> {
    await this.#socket.close().catch(() => undefined);
  }

  async #read(): Promise<Uint8Array | undefined> {
    const { done, value } = await this.#reader.read();
    return done ? undefined : value;
  }
}
