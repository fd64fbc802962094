import type { EgressAccount } from './account.ts';
import { EgressError } from './error.ts';
import { type EgressPorts, resolveTarget } from './fetch.ts';
import { checkSocket, type EgressPolicy, type SocketProtocol } from './policy.ts';

/** `starttls` begins in the clear and may be upgraded once. */
export type SocketTls = 'on' | 'off' | 'starttls';

/** The part of workerd's Socket that we use. */
export interface RawSocket {
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<Uint8Array>;
  /** Resolves when connected, TLS included. */
  readonly opened: Promise<unknown>;
  close(): Promise<void>;
  startTls(): RawSocket;
}

interface SocketRequest {
  protocol: SocketProtocol;
  host: string;
  port: number;
  tls: SocketTls;
}

interface SocketLimits {
  /** For the whole conversation. */
  timeoutMs: number;
  maxBytes: number;
  /** Counted while it goes on, over all connections that share it. */
  tally: SocketTally;
}

/** Accounting of an effect's sockets, as EgressMeta is of its requests. */
export interface SocketTally {
  connections: number;
  bytesIn: number;
  bytesOut: number;
}

export const newTally = (): SocketTally => ({ connections: 0, bytesIn: 0, bytesOut: 0 });

/**
 * The only way to a bare socket: checked like every request, with a deadline and a byte cap over all it carries.
 * @throws EgressError egress-refused, dns-failed, connect-failed, timeout.
 */
export async function egressConnect(
  request: SocketRequest,
  policy: EgressPolicy,
  limits: SocketLimits,
  ports: EgressPorts,
): Promise<Connection> {
  const target = checkSocket(request, policy);
  await resolveTarget(target, policy, ports);
  const timeoutMs = Math.min(limits.timeoutMs, policy.timeoutMs ?? Infinity);
  const connection = new Connection(await ports.connect(target, request.tls), {
    host: target.host,
    timeoutMs,
    maxBytes: Math.min(limits.maxBytes, policy.maxResponseBytes ?? Infinity),
    tally: limits.tally,
    account: ports.account,
  });
  limits.tally.connections++;
  await connection.opened();
  return connection;
}

type About = SocketLimits & { host: string; account: EgressAccount | undefined };

/** One conversation. Reads give whatever came, null at the end; every failure is an EgressError. */
export class Connection {
  #bytesIn = 0;
  #socket: RawSocket;
  #reader: ReadableStreamDefaultReader<Uint8Array>;
  #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #about: About;
  readonly #late: Promise<never>;
  readonly #timer: ReturnType<typeof setTimeout>;

  constructor(socket: RawSocket, about: About) {
    this.#socket = socket;
    this.#about = about;
    this.#reader = socket.readable.getReader();
    this.#writer = socket.writable.getWriter();
    let expire: (error: EgressError) => void = () => undefined;
    this.#late = new Promise<never>((_, fail) => (expire = fail));
    this.#late.catch(() => undefined);
    this.#timer = setTimeout(() => {
      expire(new EgressError('timeout', `${about.host} took longer than ${about.timeoutMs} ms`, true));
      void this.close();
    }, about.timeoutMs);
  }

  async opened(): Promise<void> {
    await this.#guarded(this.#socket.opened);
  }

  async read(): Promise<Uint8Array | null> {
    const { done, value } = await this.#guarded(this.#reader.read());
    if (done || !value) return null;
    this.#bytesIn += value.byteLength;
    this.#about.tally.bytesIn += value.byteLength;
    if (this.#about.account) this.#about.account.bytesIn += value.byteLength;
    if (this.#bytesIn > this.#about.maxBytes) {
      const { host, maxBytes } = this.#about;
      await this.close();
      throw new EgressError('response-too-large', `${host} sent more than ${maxBytes} bytes`, false);
    }
    return value;
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#about.tally.bytesOut += bytes.byteLength;
    if (this.#about.account) this.#about.account.bytesOut += bytes.byteLength;
    await this.#guarded(this.#writer.write(bytes));
  }

  /** Says that nothing more comes and waits until everything is on its way. */
  async finish(): Promise<void> {
    await this.#guarded(this.#writer.close());
  }

  /** Encrypts from here on; the server's certificate must be trusted and name the host. */
  async startTls(): Promise<void> {
    this.#reader.releaseLock();
    this.#writer.releaseLock();
    this.#socket = this.#socket.startTls();
    this.#reader = this.#socket.readable.getReader();
    this.#writer = this.#socket.writable.getWriter();
    try {
      await this.opened();
    } catch (error) {
      if (!(error instanceof EgressError) || error.code !== 'connect-failed') throw error;
      const why = 'TLS could not begin; its certificate may not be trusted, or name another host';
      throw new EgressError('connect-failed', `${this.#about.host}: ${why}`, true);
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#socket.close().catch(() => undefined);
  }

  async #guarded<T>(work: Promise<T>): Promise<T> {
    work.catch(() => undefined);
    try {
      return await Promise.race([work, this.#late]);
    } catch (error) {
      if (error instanceof EgressError) throw error;
      void this.close();
      throw new EgressError('connect-failed', `${this.#about.host}: ${reasonOf(error)}`, true);
    }
  }
}

/** workerd tells its reason (no such name, refused address, untrusted certificate) to its log only. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return /proxy request failed|internal error/i.test(text)
    ? 'could not be reached: no such name, an address that may not be reached, nobody listening, or an untrusted certificate'
    : text.slice(0, 200);
}
