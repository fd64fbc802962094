import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A way to a server that can be cut: what a lost connection looks like from a browser. */
export class CutProxy {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  /** Ends of the connections: what the server answers, and where it goes. */
  private readonly answers = new Map<Socket, Socket>();
  private isDown = false;
  private isHeld = false;
  /** Bytes that still go through to the server. */
  private left = Number.POSITIVE_INFINITY;

  private constructor(port: number) {
    this.server = createServer((near) => {
      if (this.isDown) {
        near.destroy();
        return;
      }
      const far = connect(port, '127.0.0.1');
      near.on('data', ({ length }: Buffer) => {
        this.left -= length;
        if (this.left < 0) near.unpipe(far).pause();
      });
      this.answers.set(far, near);
      near.pipe(far);
      if (!this.isHeld) far.pipe(near);
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        this.sockets.add(from);
        from.on('error', () => to.destroy());
        from.on('close', () => {
          this.sockets.delete(from);
          this.answers.delete(from);
          to.destroy();
        });
      }
    });
  }

  /** `target`: address of the server. */
  static async to(target: string): Promise<CutProxy> {
    const proxy = new CutProxy(Number(new URL(target).port));
    await new Promise<void>((done) => proxy.server.listen(0, '127.0.0.1', done));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Ends every connection there is; `isDown`: and refuses new ones. */
  cut(isDown = false): void {
    this.isDown = isDown;
    for (const socket of this.sockets) socket.destroy();
  }

  /** What is sent stands still after so many bytes. */
  stallAfter(bytes: number): void {
    this.left = bytes;
  }

  /** What the server answers waits on its way. */
  holdAnswers(): void {
    this.isHeld = true;
    for (const [far, near] of this.answers) far.unpipe(near);
  }

  mend(): void {
    this.isDown = false;
    if (this.isHeld) for (const [far, near] of this.answers) far.pipe(near);
    this.isHeld = false;
    this.left = Number.POSITIVE_INFINITY;
  }

  close(): void {
    this.cut(true);
    this.server.close();
  }
}
