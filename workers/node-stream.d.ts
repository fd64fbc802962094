/** The part of Node's streams used here: what ssh2 takes for its socket. */
declare module 'node:stream' {
  type Done = (error?: Error | null) => void;
  export class Duplex {
    constructor(options: {
      read(this: Duplex): void;
      write(chunk: Uint8Array, encoding: string, done: Done): void;
      final(done: Done): void;
      destroy(error: Error | null, done: Done): void;
    });
    push(chunk: Uint8Array | null): boolean;
    destroy(error?: Error): void;
    on(event: 'error', listener: (error: Error) => void): Duplex;
  }
}
