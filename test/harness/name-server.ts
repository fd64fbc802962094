import { createSocket, type Socket } from 'node:dgram';
import { isIPv4 } from 'node:net';

/** Addresses of a name, by how often it was asked for before. */
export type Zone = (name: string, asked: number) => readonly string[];

const TYPE_A = 1;
const TYPE_AAAA = 28;
/** Resolvers ask port 53 only; an address of the loopback range that nobody else uses leaves the machine's own alone. */
const ADDRESS = '127.0.53.53';

function bytesOf(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number));
  // Only what tests need: the last four bytes of a mapped address, or of ::1.
  const mapped = /^::ffff:([\d.]+)$/.exec(address)?.[1];
  if (mapped !== undefined) return Buffer.concat([Buffer.alloc(10), Buffer.from([255, 255]), bytesOf(mapped)]);
  if (address === '::1') return Buffer.concat([Buffer.alloc(15), Buffer.from([1])]);
  throw new Error(`${address} cannot be answered here`);
}

/** A name server (RFC 1035, UDP) that says what a test wants, and lets nobody remember it. */
export class NameServer {
  readonly address = ADDRESS;
  /** How often each name was asked for its IPv4 addresses, which every look-up does once. */
  readonly asked = new Map<string, number>();
  readonly #socket: Socket;
  private constructor(socket: Socket, zone: Zone) {
    this.#socket = socket;
    socket.on('message', (query, from) => socket.send(this.#answer(query, zone), from.port, from.address));
  }

  /** Undefined where port 53 may not be had. */
  static async start(zone: Zone): Promise<NameServer | undefined> {
    const socket = createSocket('udp4');
    const isBound = await new Promise<boolean>((done) => {
      socket.once('error', () => done(false)).bind(53, ADDRESS, () => done(true));
    });
    return isBound ? new NameServer(socket, zone) : undefined;
  }

  #answer(query: Buffer, zone: Zone): Buffer {
    const labels: string[] = [];
    let at = 12;
    for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
      labels.push(query.toString('latin1', at + 1, at + 1 + length));
      at += length + 1;
    }
    const type = query.readUInt16BE(at + 1);
    const name = labels.join('.').toLowerCase();
    const times = this.asked.get(name) ?? 0;
    if (type === TYPE_A) this.asked.set(name, times + 1);
    // IPv4 and IPv6 are asked for at once: both are told of the same look-up.
    const wanted = zone(name, type === TYPE_A ? times : Math.max(0, times - 1)).filter(
      (address) => type === (isIPv4(address) ? TYPE_A : TYPE_AAAA),
    );
    const records = wanted.map((address) => {
      const bytes = bytesOf(address);
      // Points at the name of the question; class IN, to be kept for 0 seconds.
      const head = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 0, 0, bytes.length]);
      return Buffer.concat([head, bytes]);
    });
    const head = Buffer.from([0, 0, 0x81, 0x80, 0, 1, 0, records.length, 0, 0, 0, 0]);
    query.copy(head, 0, 0, 2);
    return Buffer.concat([head, query.subarray(12, at + 5), ...records]);
  }

  stop(): void {
    this.#socket.close();
  }
}
