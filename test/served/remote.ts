import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const CHUNK = Buffer.alloc(64 * 1024, 120);

/** A server on the loopback address that behaves badly, one way a path. */
export class Remote {
  readonly url: string;
  /** Calls a path got. */
  readonly calls = new Map<string, number>();
  readonly bodies: string[] = [];
  sentBytes = 0;
  private readonly server: HttpServer;

  private constructor(server: HttpServer) {
    this.server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async start(): Promise<Remote> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const remote = new Remote(server);
    server.on('request', (request, response) => remote.answer(request, response));
    return remote;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
    const count = (this.calls.get(pathname) ?? 0) + 1;
    this.calls.set(pathname, count);
    const json = (value: unknown, status = 200): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(value));
    };
    if (pathname.startsWith('/flaky')) return json({ count }, count < 3 ? 503 : 200);
    switch (pathname) {
      case '/hang':
        return;
      case '/hang-body':
        response.writeHead(200, { 'content-type': 'text/plain' });
        response.write('a little');
        return;
      case '/huge':
        response.writeHead(200, { 'content-type': 'text/plain' });
        this.pour(response, Number(searchParams.get('bytes')));
        return;
      case '/declared':
        response.writeHead(200, { 'content-type': 'text/plain', 'content-length': String(2 * 1024 ** 3) });
        this.pour(response, 2 * 1024 ** 3);
        return;
      case '/loop':
        response.writeHead(302, { location: '/loop' });
        response.end();
        return;
      case '/to':
        response.writeHead(302, { location: searchParams.get('target') ?? '/' });
        response.end();
        return;
      case '/reset':
        response.socket?.destroy();
        return;
      case '/fail':
        return json({ error: 'always' }, 500);
      case '/slow':
        setTimeout(() => json({ slow: true }), Number(searchParams.get('ms') ?? 1_000));
        return;
      default:
        this.keep(request, () => json({ path: pathname, headers: request.headers }));
    }
  }

  private keep(request: IncomingMessage, done: () => void): void {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      this.bodies.push(Buffer.concat(parts).toString());
      done();
    });
  }

  /** Writes as fast as the reader takes it. */
  private pour(response: ServerResponse, bytes: number): void {
    let left = bytes;
    const more = (): void => {
      while (left > 0 && !response.destroyed) {
        left -= CHUNK.length;
        this.sentBytes += CHUNK.length;
        if (!response.write(CHUNK)) {
          response.once('drain', more);
          return;
        }
      }
      response.end();
    };
    more();
  }
}
