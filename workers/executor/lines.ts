import type { Connection } from './egress/connect.ts';
import { EgressError } from './egress/error.ts';

/** No server of a line protocol says more in one line; more is an attack or another protocol. */
const MAX_LINE_BYTES = 1024 * 1024;
const [CR, LF] = [13, 10];

/** Lines and counted bytes of a text protocol (SMTP, IMAP, FTP) over a connection. */
export class Lines {
  readonly connection: Connection;
  #chunks: Uint8Array[] = [];
  #held = 0;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** The next line without its end; undefined when the server is done. Bytes are Latin-1: nothing is lost. */
  async line(): Promise<string | undefined> {
    for (;;) {
      const end = this.#indexOfLf();
      if (end >= 0) {
        const bytes = this.#take(end + 1);
        const length = bytes[end - 1] === CR ? end - 1 : end;
        return latin1(bytes.subarray(0, length));
      }
      if (this.#held > MAX_LINE_BYTES) throw new EgressError('bad-protocol', 'The server sends endless lines', false);
      if (!(await this.#more())) return undefined;
    }
  }

  /** Exactly so many bytes. @throws EgressError when the server stops before. */
  async bytes(count: number): Promise<Uint8Array<ArrayBuffer>> {
    while (this.#held < count) {
      if (!(await this.#more())) throw new EgressError('connect-failed', 'The server hung up in the middle', true);
    }
    return this.#take(count);
  }

  async send(line: string): Promise<void> {
    // A line break in what people wrote would be a command of its own.
    // oxlint-disable-next-line no-control-regex -- these end or cut a line
    if (/[\u0000\r\n]/.test(line)) throw new EgressError('bad-value', 'A value contains a line break', false);
    await this.connection.write(new TextEncoder().encode(`${line}\r\n`));
  }

  /** Upgrades to TLS. What arrived before is not trusted: it came in the clear. @throws EgressError. */
  async startTls(): Promise<void> {
    if (this.#held > 0) {
      throw new EgressError('bad-protocol', 'The server sent more before TLS began: somebody may be in between', false);
    }
    await this.connection.startTls();
  }

  async #more(): Promise<boolean> {
    const chunk = await this.connection.read();
    if (!chunk) return false;
    this.#chunks.push(chunk);
    this.#held += chunk.byteLength;
    return true;
  }

  #indexOfLf(): number {
    let before = 0;
    for (const chunk of this.#chunks) {
      const at = chunk.indexOf(LF);
      if (at >= 0) return before + at;
      before += chunk.byteLength;
    }
    return -1;
  }

  #take(count: number): Uint8Array<ArrayBuffer> {
    const taken = new Uint8Array(count);
    let at = 0;
    while (at < count) {
      const chunk = this.#chunks[0] as Uint8Array;
      const part = chunk.subarray(0, count - at);
      taken.set(part, at);
      at += part.byteLength;
      if (part.byteLength === chunk.byteLength) this.#chunks.shift();
      else this.#chunks[0] = chunk.subarray(part.byteLength);
    }
    this.#held -= count;
    return taken;
  }
}

export function latin1(bytes: Uint8Array): string {
  let text = '';
  // In slices: spreading a long array as arguments overflows the stack.
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}

/** Latin-1 text that is really UTF-8, read as such; text that is not stays. */
export function utf8Of(text: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(
      Uint8Array.from(text, (char) => char.charCodeAt(0)),
    );
  } catch {
    return text;
  }
}
