import { Duplex } from 'node:stream';
import type { Connection } from '../egress/connect.ts';

/** A connection as the stream that ssh2 takes for its socket: it never opens one by itself. */
export function duplexOf(connection: Connection): Duplex {
  let reading = false;
  const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
  const stream: Duplex = new Duplex({
    read() {
      if (reading) return;
      reading = true;
      void pump();
    },
    write(chunk, _, done) {
      // A copy: the sender may use its buffer again before the socket has taken it.
      connection.write(Uint8Array.from(chunk)).then(
        () => done(),
        (error: unknown) => done(asError(error)),
      );
    },
    final(done) {
      void connection.close().then(() => done());
    },
    destroy(error, done) {
      void connection.close().then(() => done(error));
    },
  });
  async function pump(): Promise<void> {
    try {
      for (;;) {
        const chunk = await connection.read();
        const more = stream.push(chunk);
        if (!chunk || !more) break;
      }
    } catch (error) {
      stream.destroy(asError(error));
    }
    reading = false;
  }
  return stream;
}
