export interface Reader {
  controller: ReadableStreamDefaultController<Uint8Array>;
  /** Bytes it may leave unread. */
  maxBacklog: number;
  endsAt: ReturnType<typeof setTimeout>;
}

/** Bytes it was sent and has not read. */
const backlogOf = ({ controller }: Reader): number => -(controller.desiredSize ?? 0);

/** It has not read what it was sent before. */
export const isBehind = (reader: Reader): boolean => backlogOf(reader) > 0;

const encoder = new TextEncoder();
export const frame = (event: string, data: unknown): Uint8Array =>
  encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);

/** Readers come again after this: rights may have changed, and an object that somebody reads from stays in memory. */
const MAX_LIFE_MS = 5 * 60_000;

/** Who reads server-sent events of one kind. Whoever is gone or too far behind is dropped; nobody else notices. */
export class Readers<R extends Reader> {
  private readonly readers = new Set<R>();
  private readonly maxBacklog: number;

  /** `maxBacklog`: bytes a reader may leave unread, beside what it was given at first. */
  constructor(maxBacklog: number) {
    this.maxBacklog = maxBacklog;
  }

  get size(): number {
    return this.readers.size;
  }

  [Symbol.iterator](): IterableIterator<R> {
    return this.readers.values();
  }

  /**
   * `begin` says what a reader is told at first; `isOver`: and that this is all. `caughtUp`: it has read all it was sent,
   * and waits for more.
   */
  open(
    begin: (reader: Reader) => R,
    isOver: (reader: R) => boolean = () => false,
    caughtUp: (reader: R) => void = () => undefined,
  ): Response {
    let reader: R | undefined;
    const body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          controller.enqueue(encoder.encode('retry: 1000\n\n'));
          const endsAt = setTimeout(() => reader && this.close(reader), MAX_LIFE_MS);
          reader = begin({ controller, endsAt, maxBacklog: this.maxBacklog });
          reader.maxBacklog += backlogOf(reader);
          this.readers.add(reader);
          if (isOver(reader)) this.close(reader);
        },
        pull: () => {
          if (reader && this.readers.has(reader)) caughtUp(reader);
        },
        cancel: () => {
          if (reader) this.drop(reader);
        },
      },
      { highWaterMark: 0, size: ({ byteLength }) => byteLength },
    );
    return new Response(body, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } });
  }

  close(reader: R): void {
    this.drop(reader);
    reader.controller.close();
  }

  attempt(reader: R, send: () => void): void {
    try {
      if (backlogOf(reader) > reader.maxBacklog) throw new Error('too slow');
      send();
    } catch (error) {
      this.drop(reader);
      reader.controller.error(error);
    }
  }

  private drop(reader: R): void {
    clearTimeout(reader.endsAt);
    this.readers.delete(reader);
  }
}
