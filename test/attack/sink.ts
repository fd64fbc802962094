import { type AddressInfo, createServer, type Server } from 'node:net';

/** A listener that counts connections and answers HTTP with what it was told to. */
export class Sink {
  readonly url: string;
  readonly port: number;
  connections = 0;
  answer = '{}';
  private readonly server: Server;

  private constructor(server: Server) {
    this.server = server;
    this.port = (server.address() as AddressInfo).port;
    this.url = `http://127.0.0.1:${this.port}`;
    server.on('connection', (socket) => {
      this.connections++;
      socket.on('error', () => undefined);
      socket.once('data', () => {
        const body = Buffer.from(this.answer);
        socket.write(
          `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n`,
        );
        socket.end(body);
      });
    });
  }

  static async start(): Promise<Sink> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return new Sink(server);
  }

  stop(): void {
    this.server.close();
  }
}
